import { at } from "@moongate/errors";
import { saturatedLabels } from "./saturation.ts";

/** Weights are whole multiples of 1 / 2^WEIGHT_BITS, and those of a label's heads add up to 1. */
export const WEIGHT_BITS = 7;
const ONE = 2 ** WEIGHT_BITS;
/** Heads that are added to the bag, for each that is there. */
const PICKS_A_HEAD = 8;

/** The logits of several heads on the same rows, and what is true of these. */
export interface HeadScores {
  readonly heads: number;
  readonly labels: number;
  /** Row-major rows × heads · labels: all labels of the first head, then of the next. */
  readonly logits: Float64Array;
  /** 0 or 1, row-major rows × labels. */
  readonly truth: Uint8Array;
}

/** What commerce made of the heads. */
export interface Selection {
  /** Whole numbers in units of 1 / 2^WEIGHT_BITS, row-major heads × labels. */
  readonly weights: Uint8Array;
  /** 1 where a head's logits left the range of the protocol, row-major heads × labels. */
  readonly ranAway: Uint8Array;
}

/**
 * Greedy ensemble selection with replacement (Caruana et al., ICML 2004), label by label: starts from
 * the plain mean of the heads that did not run away, and adds whichever head makes the log-loss on
 * these rows smallest, a fixed number of times; the best bag on the way is kept. On few rows the mean
 * is hard to beat, so small tables stay near it.
 *
 * Runs at commerce alone. It takes as long whatever the labels are.
 */
export function selectHeads(scores: HeadScores): Selection {
  const { heads, labels } = scores;
  const weights = new Uint8Array(heads * labels);
  const ranAway = new Uint8Array(heads * labels);
  for (const { label: column } of saturatedLabels(scores.logits, heads * labels)) {
    ranAway[column] = 1;
  }
  for (let label = 0; label < labels; label++) {
    const places = Array.from({ length: heads }, (_, head) => head * labels + label);
    const bag = greedyBag(columnsOf(scores, label), (head) => at(ranAway, at(places, head)) === 1);
    wholeWeights(bag).forEach((weight, head) => {
      weights[at(places, head)] = weight;
    });
  }
  return { weights, ranAway };
}

/** The plain mean of so many heads, for every label. */
export function uniformWeights(heads: number, labels: number): Uint8Array {
  const each = wholeWeights(new Array<number>(heads).fill(1));
  return Uint8Array.from({ length: heads * labels }, (_, index) =>
    at(each, Math.floor(index / labels)),
  );
}

/** The heads' logits by these weights: rows × labels. */
export function weightedLogits(
  { heads, labels, logits }: Omit<HeadScores, "truth">,
  weights: Uint8Array,
): Float64Array {
  const rows = logits.length / (heads * labels);
  return Float64Array.from({ length: rows * labels }, (_, index) => {
    const [row, label] = [Math.floor(index / labels), index % labels];
    let sum = 0;
    for (let head = 0; head < heads; head++) {
      const place = head * labels + label;
      // What ran away may be anything: it must not reach the sum by 0 times.
      const weight = at(weights, place);
      if (weight > 0) sum += (weight / ONE) * at(logits, row * heads * labels + place);
    }
    return sum;
  });
}

interface LabelScores {
  /** One array a head. */
  readonly columns: readonly Float64Array[];
  readonly truth: Uint8Array;
}

function columnsOf({ heads, labels, logits, truth }: HeadScores, label: number): LabelScores {
  const rows = truth.length / labels;
  const column = (head: number): Float64Array =>
    Float64Array.from({ length: rows }, (_, row) =>
      at(logits, (row * heads + head) * labels + label),
    );
  return {
    columns: Array.from({ length: heads }, (_, head) => column(head)),
    truth: Uint8Array.from({ length: rows }, (_, row) => at(truth, row * labels + label)),
  };
}

/** How often each head is in the bag. Where all ran away, each is once. */
function greedyBag(
  { columns, truth }: LabelScores,
  isOut: (head: number) => boolean,
): readonly number[] {
  const heads = columns.map((_, head) => head);
  const able = heads.filter((head) => !isOut(head));
  if (able.length === 0) return heads.map(() => 1);
  const counts = heads.map((head): number => (isOut(head) ? 0 : 1));
  const sum = Float64Array.from(truth, (_, row) =>
    able.reduce((total, head) => total + at(at(columns, head), row), 0),
  );
  const lossWith = (head: number, size: number): number =>
    logLoss(sum, at(columns, head), size, truth);
  let best = { loss: logLoss(sum, undefined, able.length, truth), counts: [...counts] };
  for (let size = able.length + 1; size <= able.length * (1 + PICKS_A_HEAD); size++) {
    const losses = able.map((head) => lossWith(head, size));
    const loss = Math.min(...losses);
    const picked = at(able, Math.max(0, losses.indexOf(loss)));
    counts[picked] = at(counts, picked) + 1;
    at(columns, picked).forEach((logit, row) => {
      sum[row] = at(sum, row) + logit;
    });
    if (loss < best.loss) best = { loss, counts: [...counts] };
  }
  return best.counts;
}

/** Mean log-loss of (sum + one) / size as logits. */
function logLoss(
  sum: Float64Array,
  one: Float64Array | undefined,
  size: number,
  truth: Uint8Array,
): number {
  let loss = 0;
  for (let row = 0; row < truth.length; row++) {
    const logit = (at(sum, row) + (one === undefined ? 0 : at(one, row))) / size;
    const against = at(truth, row) === 1 ? -logit : logit;
    loss += Math.max(0, against) + Math.log1p(Math.exp(-Math.abs(logit)));
  }
  return loss;
}

/** Counts as whole weights that add up to one: rounded down, the rest to the largest remainders. */
function wholeWeights(counts: readonly number[]): number[] {
  const size = counts.reduce((sum, count) => sum + count, 0);
  const exact = counts.map((count) => (count * ONE) / size);
  const whole = exact.map(Math.floor);
  let left = ONE - whole.reduce((sum, each) => sum + each, 0);
  const byRemainder = exact
    .map((value, head) => ({ head, remainder: value - Math.floor(value) }))
    .sort((a, b) => b.remainder - a.remainder || a.head - b.head);
  for (const { head } of byRemainder) {
    if (left-- > 0) whole[head] = at(whole, head) + 1;
  }
  return whole;
}
