import { LEAST_OF_A_CLASS } from "@moongate/campaign";
import { count } from "./curves.ts";

/** With fewer rows of either class neither an interval nor a curve says anything. */
export function enoughOfBoth(labels: Uint8Array): boolean {
  const positives = count(labels);
  return Math.min(positives, labels.length - positives) >= LEAST_OF_A_CLASS;
}
