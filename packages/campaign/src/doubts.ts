import type { Compared, Gain, JoiningInput } from "./measured.ts";

/** Fewest test rows of either class with which a gain, an interval or money is told. */
export const LEAST_OF_A_CLASS = 20;

/** Conversions in the best-scored tenth are whole; ties of scores make halves of them. */
const ONE = 1.5;
const NONE = 0.5;

/** Why the money of a campaign is not told. */
export type MoneyDoubt = "no conversion" | "one conversion";

export const tooFew = ({ classes }: Pick<JoiningInput, "classes">): boolean =>
  classes !== undefined && Math.min(classes.positives, classes.negatives) < LEAST_OF_A_CLASS;

/** What is measured, without the intervals that say nothing: of few rows, or of no width. */
export function withoutHollowIntervals(input: JoiningInput): JoiningInput {
  const few = tooFew(input);
  const told = ({ gain, ...both }: Compared): Compared => ({
    ...both,
    gain: few || flat(gain) ? { mean: gain.mean } : gain,
  });
  return { ...input, auc: told(input.auc), lift10: told(input.lift10) };
}

const flat = ({ interval }: Gain): boolean => interval !== undefined && interval[0] === interval[1];

/**
 * Money is counted from the conversions among the best-scored tenth of the test rows. None there, or
 * a difference of one, is no ground for a sum.
 */
export function moneyDoubt({ classes, lift10 }: JoiningInput): MoneyDoubt | undefined {
  if (classes === undefined) return undefined;
  const found = (lift: number): number => (lift * classes.positives) / 10;
  const [alone, joint] = [found(lift10.alone), found(lift10.joint)];
  if (Math.min(alone, joint) < NONE) return "no conversion";
  return Math.abs(joint - alone) < ONE && joint !== alone ? "one conversion" : undefined;
}
