import type { AttackOutcome } from "../../grid/unit.ts";
import { average, type Estimate, estimate } from "./estimate.ts";
import type { Setting } from "./settings.ts";

/** One attack on one setting, over its seeds. */
export interface Finding {
  /** Tells attacks apart: name, adversary, known facts. */
  readonly key: string;
  readonly title: string;
  readonly adversary: string;
  readonly target: AttackOutcome["target"];
  /** Why it does not apply; absent if it does. */
  readonly inapplicable: string | undefined;
  /** Leak AUC; intervals of all findings of a setting by one adversary hold together. */
  readonly leak: Estimate | undefined;
  /** Leak AUC less that of a supervised model with the same knowledge. */
  readonly excess: Estimate | undefined;
  /** Leak AUC of the same attack where it must succeed, if that is no setting of its own. */
  readonly control: Estimate | undefined;
  /** Other figures, mean over seeds. */
  readonly details: Readonly<Record<string, number>>;
}

export function attackKey({ name, adversary, known }: AttackOutcome): string {
  return [name, adversary, ...(known === undefined ? [] : [known])].join(" ");
}

/** What every attack came to on a setting, by order of appearance. */
export function findingsOf({ done }: Setting): Finding[] {
  const groups = new Map<string, AttackOutcome[]>();
  for (const outcome of done.flatMap(({ attacks }) => attacks)) {
    const key = attackKey(outcome);
    groups.set(key, [...(groups.get(key) ?? []), outcome]);
  }
  const tried = new Map<string, number>();
  for (const [first, ...rest] of groups.values()) {
    if (first === undefined || ![first, ...rest].some(({ leak }) => leak !== undefined)) continue;
    tried.set(first.adversary, (tried.get(first.adversary) ?? 0) + 1);
  }
  return [...groups].flatMap(([key, group]) => findingOf(key, group, tried));
}

function findingOf(
  key: string,
  group: readonly AttackOutcome[],
  tried: ReadonlyMap<string, number>,
): Finding[] {
  const [first] = group;
  if (first === undefined) return [];
  const { title, adversary, target, known } = first;
  const comparisons = Math.max(1, tried.get(adversary) ?? 1);
  const leaks = group.flatMap(({ leak }) => (leak === undefined ? [] : [leak]));
  const leak = estimate(
    leaks.map(({ mean }) => mean),
    comparisons,
  );
  const excesses = group.flatMap(({ excess }) => excess ?? []);
  return [
    {
      key,
      title: known === undefined ? title : `${title}, ${known} known`,
      adversary,
      target,
      inapplicable: group.some(({ applicable }) => applicable) ? undefined : (first.why ?? ""),
      leak: leak && { ...leak, interval: possible(leak.interval ?? ownInterval(leaks[0])) },
      excess: estimate(excesses, comparisons),
      control: estimate(
        group.flatMap(({ control }) => control ?? []),
        comparisons,
      ),
      details: meanDetails(group),
    },
  ];
}

/** Of a single seed: the attack's own, over batches. */
function ownInterval(leak: AttackOutcome["leak"]): readonly [number, number] | undefined {
  return leak && [leak.low, leak.high];
}

/** An AUC lies between 0 and 1. */
function possible(interval: Estimate["interval"]): Estimate["interval"] {
  return interval && [Math.max(0, interval[0]), Math.min(1, interval[1])];
}

function meanDetails(group: readonly AttackOutcome[]): Record<string, number> {
  const names = new Set(group.flatMap(({ details }) => Object.keys(details ?? {})));
  return Object.fromEntries(
    [...names].flatMap((name) => {
      const mean = average(group.flatMap(({ details }) => details?.[name] ?? []));
      return mean === undefined ? [] : [[name, mean]];
    }),
  );
}
