import { at } from "@moongate/errors";
import { combine, intervalOf, type Measured } from "@moongate/statistics";
import { placements } from "@moongate/statistics";
import { quantile } from "@moongate/statistics";
import type { Leak } from "./attack.ts";

/** The error for a class of one row: no AUC has a larger standard deviation. */
const UNKNOWN = { error: 0.5, freedom: 1 };

/** A row's part in the mean over batches, less what it would be if all rows were alike. */
interface Share {
  /** Sum over its batches of component / rows of its class there. */
  components: number;
  /** Sum over its batches of 1 / rows of its class there. */
  weights: number;
}

/**
 * Gathers the leak AUC of batch after batch.
 *
 * Of its batch's AUC each positive has a component, the share of negatives that score lower (ties
 * one half), and each negative the share of positives that score higher; both average to the AUC
 * (DeLong et al., Biometrics 1988). The interval of the mean over batches is that of these
 * components, summed by row over all batches that the row was in (clustered as in Obuchowski,
 * Biometrics 1997): a row that comes again in every epoch with the same score counts once, one that
 * comes with fresh noise counts anew. Student's t with as many degrees of freedom as there are rows
 * of the rarer class, less one. Between perfectly separated classes its width is zero, as
 * DeLong's is.
 */
export class LeakMeter {
  readonly #aucs: number[] = [];
  readonly #rates = { "tpr 0.1%": 0, "tpr 1%": 0 };
  readonly #positives = new Map<number, Share>();
  readonly #negatives = new Map<number, Share>();

  /**
   * @param positions each row's position in the joint table.
   * @param scores the adversary's: the higher, the likelier positive.
   * @param labels 0 or 1.
   */
  add(positions: ArrayLike<number>, scores: Float64Array, labels: Uint8Array): void {
    const positives = labels.reduce<number>((sum, label) => sum + label, 0);
    const negatives = labels.length - positives;
    if (positives === 0 || negatives === 0) return;
    let wins = 0;
    placements(scores, labels).forEach((component, row) => {
      const position = at(positions, row);
      if (labels[row] === 1) {
        gather(this.#positives, position, component, positives);
        wins += component;
      } else gather(this.#negatives, position, component, negatives);
    });
    this.#aucs.push(wins / positives);
    const others = scores.filter((_, row) => labels[row] !== 1).sort();
    this.#rates["tpr 0.1%"] += foundSurely(scores, labels, others, 0.001);
    this.#rates["tpr 1%"] += foundSurely(scores, labels, others, 0.01);
  }

  /**
   * The share of positives that are found at few false positives, the mean over batches; undefined
   * if none had rows of both classes. In a batch of fewer than 1,000 negatives 0.1% means none.
   */
  rates(): Readonly<Record<"tpr 0.1%" | "tpr 1%", number>> | undefined {
    const batches = this.#aucs.length;
    if (batches === 0) return undefined;
    const { "tpr 0.1%": rare, "tpr 1%": some } = this.#rates;
    return { "tpr 0.1%": rare / batches, "tpr 1%": some / batches };
  }

  /** The leak over all batches so far; undefined if none had rows of both classes. */
  leak(): Leak | undefined {
    const batches = this.#aucs.length;
    if (batches === 0) return undefined;
    const mean = this.#aucs.reduce((sum, auc) => sum + auc, 0) / batches;
    const sorted = Float64Array.from(this.#aucs).sort();
    const measured = { mean, ...this.#error(mean, batches) };
    return {
      ...measured,
      q95: quantile(sorted, 0.95),
      max: sorted.at(-1) ?? mean,
      interval: within01(measured),
    };
  }

  #error(mean: number, batches: number): Pick<Measured, "error" | "freedom"> {
    const fewest = Math.min(this.#positives.size, this.#negatives.size);
    if (fewest < 2) return UNKNOWN;
    const variance =
      spread(this.#positives, mean, batches) + spread(this.#negatives, mean, batches);
    return { error: Math.sqrt(variance), freedom: fewest - 1 };
  }
}

/**
 * The figure that the worst of several leaks is chosen by: the lower end of the interval. The
 * highest mean would be that of whatever is measured worst, such as a binary column that few rows
 * have. Scores that are all alike come last: their AUC of exactly one half has no error, and says
 * nothing.
 */
export function surely(leak: Leak | undefined): number {
  if (leak === undefined || (leak.error === 0 && leak.mean === 0.5)) return -1;
  return leak.interval[0];
}

/**
 * The share of positives above a threshold that at most that share of the negatives exceeds.
 * @param others scores of the negatives, ascending.
 */
function foundSurely(
  scores: Float64Array,
  labels: Uint8Array,
  others: Float64Array,
  rate: number,
): number {
  const threshold = at(others, others.length - 1 - Math.floor(rate * others.length));
  const positives = scores.filter((_, row) => labels[row] === 1);
  return positives.filter((score) => score > threshold).length / positives.length;
}

/** Student's interval, 95%, of what lies between 0 and 1. */
function within01(measured: Measured): readonly [low: number, high: number] {
  const { low, high } = intervalOf(combine([measured]));
  return [Math.max(0, low), Math.min(1, high)];
}

function gather(shares: Map<number, Share>, row: number, component: number, rows: number): void {
  const share = shares.get(row) ?? { components: 0, weights: 0 };
  share.components += component / rows;
  share.weights += 1 / rows;
  shares.set(row, share);
}

function spread(shares: ReadonlyMap<number, Share>, mean: number, batches: number): number {
  let squares = 0;
  for (const { components, weights } of shares.values()) {
    squares += ((components - mean * weights) / batches) ** 2;
  }
  return (squares * shares.size) / (shares.size - 1);
}
