import { type Found, foundIn } from "@moongate/lab";
import type { AttackOutcome } from "@moongate/lab";
import { average, type Estimate, estimate, estimateOf, possible } from "./estimate.ts";
import type { Setting } from "./settings.ts";

/** One attack on one setting, over its seeds. */
export interface Finding {
  /** Tells attacks apart: name, adversary, known facts. */
  readonly key: string;
  /** The attack's short name, as the papers have it. */
  readonly name: string;
  readonly title: string;
  /** Number of known facts it was given, where it takes any. */
  readonly known: number | undefined;
  readonly adversary: string;
  readonly target: AttackOutcome["target"];
  /** Why it does not apply; absent if it does. */
  readonly inapplicable: string | undefined;
  /** What its verdict is made of; absent without a leak AUC. */
  readonly found: Found | undefined;
  /** What the attack found where it must succeed, if that is no setting of its own. */
  readonly ownControl: Found | undefined;
  /** Leak AUC with its 95% interval, which chance within runs and the spread of seeds both allow. */
  readonly leak: Estimate | undefined;
  /** The same; intervals of all findings of a setting by one adversary hold together (Bonferroni). */
  readonly together: Estimate | undefined;
  /** Leak AUC less that of a supervised model with the same knowledge. */
  readonly excess: Estimate | undefined;
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
  const { name, title, adversary, target, known } = first;
  const runs = group.flatMap(({ leak, supervised }) =>
    leak === undefined ? [] : [{ leak, supervised }],
  );
  const found = runs.length === 0 ? undefined : foundIn(runs);
  const controls = group.flatMap(({ control }) =>
    control === undefined ? [] : [{ leak: control }],
  );
  return [
    {
      ...{ key, name, title, known, adversary, target, found },
      ownControl: controls.length === 0 ? undefined : foundIn(controls),
      inapplicable: group.some(({ applicable }) => applicable) ? undefined : (first.why ?? ""),
      leak: found && possible(estimateOf(found.leak)),
      together: found && possible(estimateOf(found.leak, tried.get(adversary))),
      excess: estimate(group.flatMap(({ excess }) => excess ?? [])),
      details: meanDetails(group),
    },
  ];
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
