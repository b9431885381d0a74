import { at } from "@moongate/errors";
import type { LabelScores } from "./score-file.ts";

/** How much of a class lies in one bin of scores. */
export interface HistogramBin {
  /** Logits at the two ends of the bin. */
  readonly from: number;
  readonly to: number;
  /** Shares of the negative and of the positive rows. */
  readonly negative: number;
  readonly positive: number;
}

const BINS = 36;
/** Share of rows beyond either end of the axis, which are counted in its last bin. */
const TAIL = 0.002;

/** The ends of one axis of logits for all these models' scores. */
export function logitRange(all: readonly LabelScores[]): readonly [low: number, high: number] {
  const sorted = all.map(({ logits }) => logits.toSorted());
  const end = (share: number): number[] =>
    sorted.map((logits) => at(logits, Math.round(share * (logits.length - 1))));
  const [low, high] = [Math.min(...end(TAIL)), Math.max(...end(1 - TAIL))];
  return high - low > 1e-6 ? [low, high] : [low - 1, high + 1];
}

/** Histograms of both classes over one axis of logits, each adding up to 1. */
export function scoreHistogram(
  { labels, logits }: LabelScores,
  [low, high]: readonly [number, number],
): HistogramBin[] {
  const width = (high - low) / BINS;
  const counts = [new Float64Array(BINS), new Float64Array(BINS)] as const;
  logits.forEach((logit, row) => {
    const bin = Math.min(BINS - 1, Math.max(0, Math.floor((logit - low) / width)));
    const own = labels[row] === 1 ? counts[1] : counts[0];
    own[bin] = at(own, bin) + 1;
  });
  const [negatives, positives] = counts.map((bins) => bins.reduce((sum, n) => sum + n, 0));
  return Array.from({ length: BINS }, (_, bin) => ({
    from: low + bin * width,
    to: low + (bin + 1) * width,
    negative: at(counts[0], bin) / Math.max(1, negatives ?? 0),
    positive: at(counts[1], bin) / Math.max(1, positives ?? 0),
  }));
}
