import { LEAST_OF_A_CLASS } from "@moongate/campaign";
import { count } from "./curves.ts";

/** Says whether both classes have rows enough for a curve or an interval. */
export function enoughOfBoth(labels: Uint8Array): boolean {
  const positives = count(labels);
  return Math.min(positives, labels.length - positives) >= LEAST_OF_A_CLASS;
}
