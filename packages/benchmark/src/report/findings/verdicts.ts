import { BROKEN, WORKS } from "@moongate/privacy/attacks";
import { bounds } from "./estimate.ts";
import type { Finding } from "./findings.ts";

/**
 * What an attack says of a setting over all seeds; as @moongate/privacy's verdict for one run, with
 * a word of its own for scores that a supervised model reaches without the view. There is no "safe".
 */
export type SettingVerdict =
  | "broken"
  | "leaks"
  | "as a supervised model"
  | "at chance"
  | "attack too weak"
  | "not applicable";

/**
 * @param control the same attack where it must succeed: masks forced to zero, or the undefended
 * split. Without one an attack that finds nothing says nothing.
 */
export function settingVerdict(finding: Finding, control: Finding | undefined): SettingVerdict {
  const { leak, excess } = finding;
  if (leak === undefined) return "not applicable";
  const [low, high] = bounds(leak);
  if (high < 0.5) return "leaks";
  if (low > 0.5) {
    const beyond = excess === undefined || bounds(excess)[0] > 0;
    if (beyond) return leak.mean >= BROKEN ? "broken" : "leaks";
    return worksOn(control) ? "as a supervised model" : "attack too weak";
  }
  return worksOn(control) ? "at chance" : "attack too weak";
}

function worksOn(control: Finding | undefined): boolean {
  return (control?.leak?.mean ?? 0) >= WORKS;
}
