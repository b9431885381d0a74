import { type Engine, trainSplitInOneProcess } from "@moongate/learning";
import type { Plan, PartitionRows } from "@moongate/messages";
import { batches } from "@moongate/mpc";
import type { PartitionLogits } from "../baseline.ts";
import type { ArrangedFeatures } from "../data.ts";
import { splitPlanOf } from "../session/split/plan.ts";

/**
 * A split plan's network with both halves in this process, in the batches of a session, without
 * defences: the ceiling.
 */
export async function trainSplitBaseline(
  engine: Engine,
  plan: Plan,
  rows: PartitionRows,
  { media, commerce }: { readonly media: ArrangedFeatures; readonly commerce: ArrangedFeatures },
  labels: Uint8Array,
): Promise<PartitionLogits> {
  const { train, validation, test } = rows;
  const split = splitPlanOf(plan, train);
  const side = (own: ArrangedFeatures) => ({ cols: own.cols, features: own.rows(0, train) });
  const network = await trainSplitInOneProcess({
    engine,
    plan: split,
    rows: train,
    media: side(media),
    commerce: side(commerce),
    targets: labels.subarray(0, train * split.labels),
    schedule: (epoch) => batches(plan.seed, epoch, train, split.batchSize),
  });
  const score = (from: number, to: number): Float64Array =>
    network.predict(media.rows(from, to), commerce.rows(from, to), to - from);
  const first = train + validation;
  return { validation: score(train, first), test: score(first, first + test) };
}
