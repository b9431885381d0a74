import type { Verdict } from "@moongate/lab";
import type { Judged } from "./controls.ts";
import { bounds, type Estimate } from "./estimate.ts";

/** What an adversary gets by the best of its attacks. */
export interface WorstLeak {
  readonly leak: Estimate;
  /** Short name of the attack. */
  readonly attack: string;
  readonly attacks: number;
  /** The verdict on all of them together. */
  readonly verdict: Verdict;
  /** True if every attack failed on its own control, so that the figure says nothing. */
  readonly weak: boolean;
}

/**
 * The highest mean leak AUC of an adversary's attacks on one setting. A leak AUC below one half counts
 * turned round where a leak is claimed by it: whoever knows may turn the scores round.
 *
 * The interval is of the worst of them all. Its lower end is corrected for all of them (Bonferroni),
 * since the worst was picked. Its upper end is the highest of their own upper ends and needs no
 * correction: that of the attack which truly leaks most lies below it (Berger, Technometrics 1982).
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
  const candidates = counted.flatMap((each) => candidateOf(each));
  const [worst] = candidates.toSorted((a, b) => b.leak.mean - a.leak.mean);
  if (worst === undefined) return undefined;
  const { attack, leak, together } = worst;
  const high = Math.max(...candidates.map((each) => bounds(each.leak)[1]));
  const interval = [bounds(together)[0], high] as const;
  return {
    ...{ attack, leak: { ...leak, interval }, attacks: own.length, weak: able.length === 0 },
    verdict: verdictOf(counted),
  };
}

/**
 * The verdict on several attacks by one adversary: the worst one that is claimed of any. "At chance"
 * holds for all only where it holds for each, which needs no correction (Berger, Technometrics 1982).
 */
function verdictOf(counted: readonly Judged[]): Verdict {
  const claimed = (["broken", "leaks"] as const).find((worst) =>
    counted.some(({ verdict }) => verdict === worst),
  );
  if (claimed !== undefined) return claimed;
  const [first, ...others] = new Set(counted.map(({ verdict }) => verdict));
  return first !== undefined && others.length === 0 ? first : "undecided";
}

interface Candidate {
  readonly attack: string;
  readonly leak: Estimate;
  readonly together: Estimate;
}

function candidateOf({ finding, verdict }: Judged): Candidate[] {
  const { leak, together, name } = finding;
  if (leak === undefined || together === undefined) return [];
  const claimed = verdict === "leaks" || verdict === "broken";
  const turn = claimed && leak.mean < 0.5 ? turned : (found: Estimate): Estimate => found;
  return [{ attack: name, leak: turn(leak), together: turn(together) }];
}

function turned(leak: Estimate): Estimate {
  const [low, high] = bounds(leak);
  return { ...leak, mean: 1 - leak.mean, interval: [1 - high, 1 - low] };
}
