import type { Leak } from "./attack.ts";

/** The 97.5% quantile of the standard normal distribution. */
const NORMAL_975 = 1.959963984540054;

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
    const order = Uint32Array.from(scores, (_, row) => row);
    const at = (place: number): number => scores[order[place] ?? 0] ?? 0;
    order.sort((a, b) => (scores[a] ?? 0) - (scores[b] ?? 0));
    let [positivesBelow, negativesBelow, auc, end] = [0, 0, 0, 0];
    for (let start = 0; start < order.length; start = end) {
      let tied = 0;
      for (end = start; end < order.length && at(end) === at(start); end++) {
        tied += labels[order[end] ?? 0] ?? 0;
      }
      const ofPositive = (negativesBelow + (end - start - tied) / 2) / negatives;
      const ofNegative = 1 - (positivesBelow + tied / 2) / positives;
      for (let place = start; place < end; place++) {
        const row = order[place] ?? 0;
        const position = positions[row] ?? 0;
        if (labels[row] === 1) gather(this.#positives, position, ofPositive, positives);
        else gather(this.#negatives, position, ofNegative, negatives);
      }
      auc += (tied * ofPositive) / positives;
      positivesBelow += tied;
      negativesBelow += end - start - tied;
    }
    this.#aucs.push(auc);
  }

  /** Of all batches so far; undefined if none had rows of both classes. */
  leak(): Leak | undefined {
    const batches = this.#aucs.length;
    if (batches === 0) return undefined;
    const mean = this.#aucs.reduce((sum, auc) => sum + auc, 0) / batches;
    const sorted = Float64Array.from(this.#aucs).sort();
    const reach = this.#reach(mean, batches);
    return {
      mean,
      q95: quantile(sorted, 0.95),
      max: sorted.at(-1) ?? mean,
      interval: [Math.max(0, mean - reach), Math.min(1, mean + reach)],
    };
  }

  #reach(mean: number, batches: number): number {
    const fewest = Math.min(this.#positives.size, this.#negatives.size);
    if (fewest < 2) return 1;
    const variance =
      spread(this.#positives, mean, batches) + spread(this.#negatives, mean, batches);
    return student975(fewest - 1) * Math.sqrt(variance);
  }
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

/** Between neighbours, linearly. @param sorted ascending, at least one. */
function quantile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const below = sorted[Math.floor(place)] ?? 0;
  return below + (place - Math.floor(place)) * ((sorted[Math.ceil(place)] ?? 0) - below);
}

/** The 97.5% quantile of Student's t: exact for 1 and 2, else Cornish and Fisher's expansion. */
function student975(freedom: number): number {
  if (freedom === 1) return 12.706;
  if (freedom === 2) return 4.303;
  const z = NORMAL_975;
  const first = (z ** 3 + z) / 4;
  const second = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96;
  return z + first / freedom + second / freedom ** 2;
}
