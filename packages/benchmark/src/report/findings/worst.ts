import type { Judged } from "./controls.ts";
import { bounds, type Estimate } from "./estimate.ts";

/** What an adversary gets by the best of its attacks. */
export interface WorstLeak {
  readonly leak: Estimate;
  /** Title of the attack. */
  readonly attack: string;
  readonly attacks: number;
  /** Whether every attack failed on its own control, so that the figure says nothing. */
  readonly weak: boolean;
}

/**
 * The highest mean leak AUC of an adversary's attacks on one setting. Its interval is that of all of
 * them together (Bonferroni), since the worst was picked. A leak AUC below one half, interval and
 * all, counts turned round: whoever knows may turn the scores round.
 *
 * Passed over, unless there are no others: attacks that fail on their own control, and those that
 * get no further than a supervised model with the same facts, since that needs no view.
 */
export function worstLeak(judged: readonly Judged[], adversary: string): WorstLeak | undefined {
  const own = judged.filter(
    ({ finding }) => finding.adversary === adversary && finding.leak !== undefined,
  );
  const able = own.filter(({ verdict }) => verdict !== "attack too weak");
  const beyond = able.filter(({ verdict }) => verdict !== "as a supervised model");
  const [counted = own] = [beyond, able].filter((some) => some.length > 0);
  const candidates = counted.flatMap(({ finding }) =>
    finding.leak === undefined ? [] : [{ leak: turned(finding.leak), attack: finding.title }],
  );
  const [worst] = candidates.toSorted((a, b) => b.leak.mean - a.leak.mean);
  return worst && { ...worst, attacks: own.length, weak: able.length === 0 };
}

function turned(leak: Estimate): Estimate {
  const [low, high] = bounds(leak);
  if (high >= 0.5) return leak;
  return { ...leak, mean: 1 - leak.mean, interval: leak.interval && [1 - high, 1 - low] };
}
