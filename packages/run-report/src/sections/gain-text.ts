import type { LabelJoining } from "@moongate/campaign";
import { signed } from "@moongate/text";
import type { Say } from "../words/words.ts";

/** "+0.0312 (+0.0100 to +0.0500)", or without an interval where none can be told. */
export function gainText(
  gain: LabelJoining["auc"]["gain"] | undefined,
  places: number,
  say: Say,
): string {
  if (gain === undefined) return "";
  const mean = signed(gain.mean, places);
  if (gain.interval === undefined) return mean;
  const [low, high] = gain.interval.map((end) => signed(end, places));
  return say("verdict.interval", { mean, low: low ?? "", high: high ?? "" });
}
