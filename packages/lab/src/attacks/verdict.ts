import { combine, type Combined, intervalOf, type Measured, pOfNone } from "@moongate/statistics";
import { holm } from "@moongate/statistics";
import type { AttackResult } from "./attack.ts";

/**
 * What one attack says of one setting. There is no "safe": other attacks may exist.
 *
 * - broken, leaks: the scores are shown to tell something, beyond what a supervised model tells.
 * - at chance: shown to tell nothing worth naming, by an attack that works where it must.
 * - as a supervised model: shown to tell nothing worth naming beyond such a model.
 * - undecided: neither is shown; there are too few rows, or the interval lies a little off chance.
 * - attack too weak: it does not work where it must, so that finding nothing says nothing.
 */
export type Verdict =
  | "broken"
  | "leaks"
  | "as a supervised model"
  | "at chance"
  | "undecided"
  | "attack too weak"
  | "not applicable";

/** The mean leak AUC from which on, or this far below one half, an attack has succeeded outright. */
export const BROKEN = 0.95;
/** An attack that stays below this on its insecure control says nothing elsewhere. */
export const WORKS = 0.8;
/** A leak is claimed at this level, for all cells of a table together (Holm). */
export const LEVEL = 0.05;
/**
 * The leak AUC that "at chance" rules out, and 1 less it, since scores may be turned round. At 0.6 a
 * guess which of two rows is the positive one is right 6 times in 10 in place of 5, far below what an
 * attack must reach on its control; a smaller margin takes more rows than small tables have.
 */
export const MARGIN = 0.6;

/** One run of an attack, and of the supervised control with the same known facts if it has one. */
export interface Run {
  readonly leak: Measured;
  readonly supervised?: Measured | undefined;
}

/** An attack on a setting, over all its seeds. */
export interface Found {
  /** Leak AUC. */
  readonly leak: Combined;
  /** The same turned round if it lies below one half: who knows that may turn the scores round. */
  readonly turned: Combined;
  /** What `turned` has beyond the supervised control, which has at least one half. */
  readonly excess?: Combined;
}

/** @throws INTERNAL without a run. */
export function foundIn(runs: readonly Run[]): Found {
  const leak = combine(runs.map((run) => run.leak));
  const below = leak.mean < 0.5;
  const turnedRuns = runs.map(({ leak: { mean, ...error }, supervised }) => ({
    ...{ mean: below ? 1 - mean : mean, ...error, supervised },
  }));
  const beyond = turnedRuns.flatMap(({ supervised, ...run }) =>
    supervised === undefined ? [] : [excessOf(run, supervised)],
  );
  const turned = combine(turnedRuns);
  return { leak, turned, ...(beyond.length === 0 ? {} : { excess: combine(beyond) }) };
}

/** Both scored much the same rows; their errors are taken as independent, which is the larger sum. */
function excessOf(run: Measured, supervised: Measured): Measured {
  return {
    mean: run.mean - Math.max(0.5, supervised.mean),
    error: Math.hypot(run.error, supervised.error),
    freedom: Math.min(run.freedom, supervised.freedom),
  };
}

/** The p-value of "in no seed do the scores tell anything", either way round. */
export const pOfNoLeak = ({ leak }: Found): number => pOfNone(leak, 0.5);

/** True if shown to have more than the supervised control, which is chance where no label is known. */
const goesBeyond = ({ excess }: Found): boolean =>
  excess === undefined || intervalOf(excess).low > 0;

/** True if an attack works on its insecure control: far, reliably, and by what it sees there. */
export function works(control: Found | undefined): boolean {
  if (control === undefined || control.leak.mean < WORKS) return false;
  return intervalOf(control.leak).low > 0.5 && goesBeyond(control);
}

export interface Beside {
  /** {@link pOfNoLeak}, corrected for all cells of the table (`holm`). */
  readonly adjusted: number;
  /**
   * The same attack where it must succeed: masks forced to zero, or the undefended split; "itself"
   * where this is that setting.
   */
  readonly control: Found | undefined | "itself";
}

/**
 * 1. A leak where the corrected test says so, and where the interval of the excess lies above 0 (which
 *    is of that attack alone: of forty that tell just what a supervised model tells, one would read so);
 *    broken if it is as good as complete.
 * 2. On its own control, and where it does not work there: the attack is too weak to say anything.
 * 3. At chance by equivalence (two one-sided tests; Schuirmann, J. Pharmacokinet. Biopharm. 1987): the
 *    95% interval contains one half and lies within 1 − `MARGIN` and `MARGIN`.
 * 4. As a supervised model where the interval of the excess ends below `MARGIN` − 1/2.
 * 5. Undecided.
 */
export function judge(found: Found, { adjusted, control }: Beside): Verdict {
  if (adjusted < LEVEL && goesBeyond(found))
    return found.turned.mean >= BROKEN ? "broken" : "leaks";
  if (control === "itself" || !works(control)) return "attack too weak";
  const { low, high } = intervalOf(found.leak);
  if (low <= 0.5 && high >= 0.5 && low > 1 - MARGIN && high < MARGIN) return "at chance";
  const { excess } = found;
  if (excess !== undefined && intervalOf(excess).high < MARGIN - 0.5) {
    return "as a supervised model";
  }
  return "undecided";
}

/** An attack on one run. */
export interface Evidence {
  readonly attack: AttackResult;
  /** The supervised control with the same known facts; absent if the attack knows none. */
  readonly supervised?: AttackResult | undefined;
  /** The same attack where it must succeed. */
  readonly control:
    | { readonly attack: AttackResult; readonly supervised?: AttackResult | undefined }
    | "itself"
    | undefined;
}

/** Verdicts on attacks that stand in one table: a leak is claimed for all of them together. */
export function verdicts(table: readonly Evidence[]): Verdict[] {
  const found = table.map(foundByOne);
  const values = found.flatMap((each) => (each === undefined ? [] : [pOfNoLeak(each)]));
  const adjusted = holm(values).values();
  return table.map(({ control }, at) => {
    const each = found[at];
    if (each === undefined) return "not applicable";
    return judge(each, {
      adjusted: adjusted.next().value ?? 1,
      control: control === undefined || control === "itself" ? control : foundByOne(control),
    });
  });
}

/** The finding; undefined if the attack does not apply, or had nothing to score. */
function foundByOne({
  attack,
  supervised,
}: Pick<Evidence, "attack" | "supervised">): Found | undefined {
  if (!attack.applicable || attack.leak === undefined) return undefined;
  return foundIn([{ leak: attack.leak, supervised: supervised?.leak }]);
}

/** Mean leak AUC beyond the supervised control's, or beyond one half; undefined without a leak. */
export function excessLeakage(attack: AttackResult, supervised?: AttackResult): number | undefined {
  return attack.leak && attack.leak.mean - Math.max(0.5, supervised?.leak?.mean ?? 0.5);
}
