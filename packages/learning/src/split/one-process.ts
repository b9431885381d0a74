import { nextTurn } from "@moongate/transport/turn";
import type { Engine } from "../engine/engine.ts";
import { gatherRows, type FeatureTable } from "../networks/gather.ts";
import type { DenseLayer } from "../networks/layers.ts";
import { type BatchSchedule, shuffledBatches } from "../networks/schedule.ts";
import { type CommerceHalf, commerceHalf } from "./commerce-half.ts";
import { type Columns, requireLength } from "./half.ts";
import { type MediaHalf, mediaHalf } from "./media-half.ts";
import { type SplitPlan, splitRates } from "./plan.ts";

/** One party's training rows, in the order of the other's. */
export interface SplitSide {
  /** Row-major rows × cols. */
  readonly features: Columns;
  readonly cols: number;
  /** Overrides the plan's seed for this side's initial weights. */
  readonly seed?: string | undefined;
  readonly start?: readonly DenseLayer[] | undefined;
}

export interface OneProcessOptions {
  readonly engine: Engine;
  readonly plan: SplitPlan;
  readonly rows: number;
  readonly media: SplitSide;
  readonly commerce: SplitSide;
  /** Row-major rows × labels: 0 or 1, or what a defence made of them. */
  readonly targets: Float32Array | Uint8Array;
  /** The public schedule of a session; default: seeded shuffles. */
  readonly schedule?: BatchSchedule | undefined;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  /** See `HalfOptions`: a training that runs away then stands still and throws nothing. */
  readonly onRunaway?: (() => void) | undefined;
}

/** A split network after its training. */
export interface SplitNetwork {
  readonly media: MediaHalf;
  readonly commerce: CommerceHalf;
  /** Logits, row-major rows × labels. */
  readonly predict: (media: Columns, commerce: Columns, rows: number) => Float64Array;
}

/** Longest stretch without letting timers and sockets of the process run. */
const BREATH_MILLISECONDS = 20;

/**
 * Split learning (Gupta and Raskar 2018, arXiv 1810.06060; Vepakomma et al. 2018, arXiv
 * 1812.00564) in one process: what a session over a network must equal. Each step
 *
 * 1. media embeds the batch's rows,
 * 2. commerce adds its own, finds the loss and the gradients, and moves its layers,
 * 3. media moves its layers by the gradient at the cut.
 *
 * @throws SHAPE_MISMATCH; SATURATION if training diverges and nobody hears of it.
 */
export async function trainSplitInOneProcess(options: OneProcessOptions): Promise<SplitNetwork> {
  const { plan, rows } = options;
  const width = { media: options.media.cols, commerce: options.commerce.cols };
  const media = mediaHalf({ ...options, ...startOf(options.media), width });
  const commerce = commerceHalf({ ...options, ...startOf(options.commerce), width });
  const ownOf = {
    media: tableOf("features", options.media.features, rows, width.media),
    commerce: tableOf("features", options.commerce.features, rows, width.commerce),
    targets: tableOf("targets", options.targets, rows, plan.labels),
  };

  const rateOf = splitRates(plan, rows);
  const schedule = options.schedule ?? shuffledBatches(plan.seed, rows, plan.batchSize);
  const total = plan.epochs * Math.ceil(rows / plan.batchSize);
  let [done, breathed] = [0, performance.now()];
  for (let epoch = 0; epoch < plan.epochs; epoch++) {
    for (const batch of schedule(epoch)) {
      const rate = rateOf(done);
      const embeddings = media.forward(gatherRows(ownOf.media, batch), batch.length);
      const features = gatherRows(ownOf.commerce, batch);
      const targets = gatherRows(ownOf.targets, batch);
      media.backward(commerce.step({ features, embeddings, targets }, rate), rate);
      done += 1;
      options.onProgress?.(done, total);
      if (performance.now() - breathed > BREATH_MILLISECONDS) {
        await nextTurn();
        breathed = performance.now();
      }
    }
  }
  return {
    media,
    commerce,
    predict: (mediaFeatures, commerceFeatures, count) =>
      commerce.scores(commerceFeatures, media.embed(mediaFeatures, count)),
  };
}

const startOf = ({ seed, start }: SplitSide): Pick<SplitSide, "seed" | "start"> => ({
  seed,
  start,
});

function tableOf(
  what: string,
  values: FeatureTable["values"],
  rows: number,
  cols: number,
): FeatureTable {
  requireLength(what, values, rows, cols);
  return { values, rows, cols };
}
