/** One guess about one row of one model: the higher the score, the likelier a member. */
export interface Outcome {
  readonly score: number;
  readonly member: boolean;
}

/**
 * The share of members found at a false-positive rate of at most so much: the figure that says
 * whether somebody is found surely (Carlini et al. 2022). Between thresholds there is no interpolation.
 */
export function tprAt(outcomes: readonly Outcome[], fpr: number): number {
  const sorted = outcomes.toSorted((a, b) => b.score - a.score);
  const members = outcomes.reduce((sum, { member }) => sum + Number(member), 0);
  const others = outcomes.length - members;
  let [found, wrong, best] = [0, 0, 0];
  sorted.forEach(({ score, member }, at) => {
    if (member) found += 1;
    else wrong += 1;
    // A threshold can stand only between different scores.
    if (sorted[at + 1]?.score !== score && wrong <= fpr * others) best = found;
  });
  return members === 0 ? 0 : best / members;
}

/**
 * A lower bound on ε of (ε, δ)-differential privacy, from how well a membership attack does: an
 * (ε, δ)-private training allows TPR ≤ e^ε FPR + δ and TNR ≤ e^ε FNR + δ at every threshold.
 *
 * 1. The first half of the outcomes chooses the threshold and the side.
 * 2. On the second half, Clopper–Pearson bounds of both rates, each at half of 1 − confidence.
 * 3. ε ≥ ln((TPR_low − δ) / FPR_high), or the same of the negatives; at least 0.
 *
 * Take one outcome a model for a strict bound: rows of the same model are not independent, so with
 * several the confidence is that of the usual practice (Nasr et al., USENIX Security 2023).
 */
export function empiricalEpsilon(
  outcomes: readonly Outcome[],
  { delta, confidence = 0.95 }: { readonly delta: number; readonly confidence?: number },
): number {
  const half = Math.floor(outcomes.length / 2);
  const [choosing, testing] = [outcomes.slice(0, half), outcomes.slice(half)];
  const exact: UpperBound = (successes, trials) =>
    upperBound(successes, trials, (1 - confidence) / 2);
  const thresholds = quantiles(choosing.map(({ score }) => score));
  let best: { threshold: number; above: boolean; epsilon: number } | undefined;
  for (const threshold of thresholds) {
    for (const above of [true, false]) {
      const epsilon = bound(choosing, { threshold, above, delta, upper: wilson });
      if (best === undefined || epsilon > best.epsilon) best = { threshold, above, epsilon };
    }
  }
  return best === undefined ? 0 : Math.max(0, bound(testing, { ...best, delta, upper: exact }));
}

type UpperBound = (successes: number, trials: number) => number;

function bound(
  outcomes: readonly Outcome[],
  {
    threshold,
    above,
    delta,
    upper,
  }: {
    readonly threshold: number;
    readonly above: boolean;
    readonly delta: number;
    readonly upper: UpperBound;
  },
): number {
  // Hits: the claimed class found right; misses: the other class claimed wrongly.
  let [hits, hitsOf, misses, missesOf] = [0, 0, 0, 0];
  for (const { score, member } of outcomes) {
    const claimed = above ? score >= threshold : score < threshold;
    if (member === above) {
      hitsOf += 1;
      hits += Number(claimed);
    } else {
      missesOf += 1;
      misses += Number(claimed);
    }
  }
  if (hitsOf === 0 || missesOf === 0) return Number.NEGATIVE_INFINITY;
  const low = 1 - upper(hitsOf - hits, hitsOf);
  const high = upper(misses, missesOf);
  return low > delta ? Math.log((low - delta) / high) : Number.NEGATIVE_INFINITY;
}

/** Wilson's bound at 97.5%: near enough to choose by, and fast. */
function wilson(successes: number, trials: number): number {
  const z = 1.96;
  const rate = successes / trials;
  const spread = Math.sqrt((rate * (1 - rate)) / trials + (z / (2 * trials)) ** 2);
  return (rate + z ** 2 / (2 * trials) + z * spread) / (1 + z ** 2 / trials);
}

const THRESHOLDS = 100;

function quantiles(values: readonly number[]): number[] {
  const sorted = [...values].sort((a, b) => a - b);
  const some = Array.from(
    { length: THRESHOLDS },
    (_, index) => sorted[Math.floor((index / THRESHOLDS) * sorted.length)] ?? 0,
  );
  return [...new Set(some)];
}

/**
 * The Clopper–Pearson upper bound: the largest p of which at most `successes` of `trials` still come
 * with a probability of at least `error`.
 */
export function upperBound(successes: number, trials: number, error: number): number {
  if (successes >= trials) return 1;
  let [low, high] = [successes / trials, 1];
  for (let halving = 0; halving < 50; halving++) {
    const middle = (low + high) / 2;
    if (atMost(successes, trials, middle) > error) low = middle;
    else high = middle;
  }
  return high;
}

/** P(at most so many successes), term after term from the largest down. */
function atMost(successes: number, trials: number, p: number): number {
  let log = trials * Math.log1p(-p);
  const odds = Math.log(p) - Math.log1p(-p);
  let sum = Math.exp(log);
  for (let k = 1; k <= successes; k++) {
    log += Math.log((trials - k + 1) / k) + odds;
    sum += Math.exp(log);
  }
  return sum;
}
