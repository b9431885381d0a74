import { at } from "@moongate/errors";
import {
  BOOSTING_DEFAULTS,
  binTable,
  type RawColumn,
  scoresOf,
  trainBooster,
} from "@moongate/learning";
import type { PartitionRows } from "@moongate/messages";
import type { PartitionLogits } from "../baseline.ts";
import { labelColumn } from "../labels.ts";
import { BASELINE_ROWS } from "./train.ts";

/** Values that one booster learns from, at most: of a wide table it takes fewer rows. */
const MOST_VALUES = 10_000_000;

/** Joint rows as a table has them, with their labels. */
export interface UnpreparedRows {
  readonly columns: readonly RawColumn[];
  readonly rows: PartitionRows;
  /** 0/1, row-major rows × labels. */
  readonly labels: Uint8Array;
  readonly labelCount: number;
  /** Ends the training with its reason. */
  readonly signal?: AbortSignal | undefined;
}

/** Gradient boosting's scores of the held-out rows. */
export interface BoostedBaseline {
  readonly kind: "boosting";
  readonly trainedRows: number;
  readonly scores: PartitionLogits;
}

/**
 * Gradient boosting of each label by itself, on columns as a table has them: what a shop would use
 * without a partner, or with both tables in one hand. Validation rows say when it stops; many
 * training rows are sampled, and the first ones are a random sample.
 */
export async function trainBoostedBaseline({
  columns,
  rows: { train, validation, test },
  labels,
  labelCount,
  signal,
}: UnpreparedRows): Promise<BoostedBaseline> {
  const first = train + validation;
  const affordable = Math.floor(MOST_VALUES / Math.max(1, columns.length));
  const trainedRows = Math.min(train, BASELINE_ROWS, affordable);
  // Without validation rows, the last tenth of the training rows says when to stop.
  const learnt = validation > 0 ? trainedRows : Math.ceil(trainedRows * 0.9);
  const heldBack = validation > 0 ? range(train, first) : range(learnt, trainedRows);
  const scores = {
    validation: new Float64Array(validation * labelCount),
    test: new Float64Array(test * labelCount),
  };
  const table = binTable(columns, range(0, learnt), BOOSTING_DEFAULTS);
  for (let label = 0; label < labelCount; label++) {
    const own = labelColumn(labels, labelCount, label, 0, first + test);
    const ground = { labels: own, train: range(0, learnt), heldBack, signal };
    const { model } = await trainBooster(table, ground, BOOSTING_DEFAULTS);
    const logits = scoresOf(model, table);
    for (let row = 0; row < validation; row++) {
      scores.validation[row * labelCount + label] = at(logits, train + row);
    }
    for (let row = 0; row < test; row++) {
      scores.test[row * labelCount + label] = at(logits, first + row);
    }
  }
  return { kind: "boosting", trainedRows: learnt, scores };
}

const range = (from: number, to: number): Uint32Array =>
  Uint32Array.from({ length: to - from }, (_, index) => from + index);
