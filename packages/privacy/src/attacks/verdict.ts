import { normalQuantile } from "../numeric/normal.ts";
import type { AttackResult } from "./attack.ts";

/** What one attack says of one setting. There is no "safe": other attacks may exist. */
export type Verdict = "broken" | "leaks" | "at chance" | "attack too weak" | "not applicable";

/** From this mean leak AUC on an attack has succeeded outright. */
export const BROKEN = 0.95;
/** An attack that stays below this on its insecure control says nothing elsewhere. */
export const WORKS = 0.8;

export interface Evidence {
  /** On the setting in question. */
  readonly attack: AttackResult;
  /** The same attack where it must succeed: masks forced to zero, or the undefended split. */
  readonly control: AttackResult;
  /** The supervised control with the same known labels; absent if the attack knows none. */
  readonly supervised?: AttackResult;
  /** Cells of the table that the verdict stands in; intervals are widened for it (Bonferroni). */
  readonly comparisons?: number;
}

/**
 * Broken: the mean leak AUC is at least .95, and more than a supervised model reaches. Leaks: its
 * interval lies above one half and above what a supervised model reaches; or below one half, since
 * who knows that may turn the score round. At chance: neither, though the attack works on its
 * insecure control. Otherwise the attack is too weak to say anything.
 */
export function verdict({ attack, control, supervised, comparisons = 1 }: Evidence): Verdict {
  if (!attack.applicable || attack.leak === undefined) return "not applicable";
  const { mean, interval } = attack.leak;
  const widened = widening(comparisons);
  const low = mean - (mean - interval[0]) * widened;
  const high = mean + (interval[1] - mean) * widened;
  const { leak: own } = supervised ?? {};
  const baseline = own === undefined ? 0.5 : own.mean + (own.interval[1] - own.mean) * widened;
  if (low > Math.max(0.5, baseline)) return mean >= BROKEN ? "broken" : "leaks";
  if (high < 0.5) return "leaks";
  return (control.leak?.mean ?? 0) >= WORKS ? "at chance" : "attack too weak";
}

/** Mean leak AUC beyond the supervised control's, or beyond one half; undefined without a leak. */
export function excessLeakage(attack: AttackResult, supervised?: AttackResult): number | undefined {
  return attack.leak && attack.leak.mean - Math.max(0.5, supervised?.leak?.mean ?? 0.5);
}

/** The normal quantile of 1 − .025 / m over that of 1 − .025. */
function widening(comparisons: number): number {
  return normalQuantile(0.025 / comparisons) / normalQuantile(0.025);
}
