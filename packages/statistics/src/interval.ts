import { MoongateError } from "@moongate/errors";

/** A two-sided confidence interval. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** What the lab's tables use. */
export const CONFIDENCE = 0.95;

/** @throws INTERNAL if it is not a probability strictly between 0 and 1. */
export function requireConfidence(confidence: number): void {
  if (!(confidence > 0 && confidence < 1)) {
    throw new MoongateError("INTERNAL", `a confidence of ${confidence} is not between 0 and 1`);
  }
}
