import { at } from "@moongate/errors";
import { epsilonLowerBound, type MembershipCounts } from "./epsilon-lower-bound.ts";

/** One guess about one row of one model: the higher the score, the likelier a member. */
export interface Outcome {
  readonly score: number;
  readonly member: boolean;
}

/**
 * The share of members found at a false-positive rate of at most so much: the figure that says
 * whether somebody is found surely (Carlini et al. 2022). Between thresholds there is no
 * interpolation.
 */
export function tprAt(outcomes: readonly Outcome[], fpr: number): number {
  const sorted = outcomes.toSorted((a, b) => b.score - a.score);
  const members = outcomes.reduce((sum, { member }) => sum + Number(member), 0);
  const others = outcomes.length - members;
  let [found, wrong, best] = [0, 0, 0];
  sorted.forEach(({ score, member }, position) => {
    if (member) found += 1;
    else wrong += 1;
    // A threshold can stand only between different scores.
    if (sorted[position + 1]?.score !== score && wrong <= fpr * others) best = found;
  });
  return members === 0 ? 0 : best / members;
}

/**
 * A lower bound on ε of (ε, δ)-differential privacy, from how well a membership attack does. The
 * first half of the outcomes chooses the threshold that proves the most (where none proves
 * anything, the middle one); {@link epsilonLowerBound} is taken of the second half.
 *
 * @param outcomes independent of each other, in an order that does not tell members from others:
 * one a model for a strict bound, since rows of the same model are not independent.
 * @returns 0 where either half has members alone, or none.
 */
export function empiricalEpsilon(
  outcomes: readonly Outcome[],
  { delta, confidence = 0.95 }: { readonly delta: number; readonly confidence?: number },
): number {
  const half = Math.floor(outcomes.length / 2);
  const [choosing, testing] = [outcomes.slice(0, half), outcomes.slice(half)];
  const boundOf = (some: readonly Outcome[], threshold: number): number => {
    const counts = countsAt(some, threshold);
    return counts === undefined ? 0 : epsilonLowerBound(counts, delta, { confidence });
  };
  let best: { threshold: number; epsilon: number } | undefined;
  for (const threshold of fromTheMiddle(choosing.map(({ score }) => score))) {
    const epsilon = boundOf(choosing, threshold);
    if (best === undefined || epsilon > best.epsilon) best = { threshold, epsilon };
  }
  return best === undefined ? 0 : boundOf(testing, best.threshold);
}

/** Who is called a member from that score on; undefined if there are only members, or none. */
export function countsAt(
  outcomes: readonly Outcome[],
  threshold: number,
): MembershipCounts | undefined {
  const called = (some: readonly Outcome[]) => ({
    successes: some.filter(({ score }) => score >= threshold).length,
    trials: some.length,
  });
  const truePositives = called(outcomes.filter(({ member }) => member));
  const falsePositives = called(outcomes.filter(({ member }) => !member));
  if (truePositives.trials === 0 || falsePositives.trials === 0) return undefined;
  return { truePositives, falsePositives };
}

const THRESHOLDS = 100;

/** Thresholds at evenly spread ranks, the median first. */
function fromTheMiddle(values: readonly number[]): number[] {
  const sorted = [...values].sort((a, b) => a - b);
  const ranks = Array.from({ length: THRESHOLDS }, (_, index) => index / THRESHOLDS);
  ranks.sort((a, b) => Math.abs(a - 0.5) - Math.abs(b - 0.5));
  return [...new Set(ranks.map((rank) => at(sorted, Math.floor(rank * sorted.length))))];
}
