import { distinguisher } from "@moongate/privacy/attacks";
import type { Side } from "@moongate/messages";
import type { AttackOutcome } from "../grid/unit.ts";
import type { Attempt } from "./attempts.ts";
import { outcomeOf } from "./outcome.ts";
import { labelsOf, type Views } from "./truth.ts";

/** How well each party's openings tell two sessions apart that differ in the labels alone. */
export function tellWorlds(zero: Views, one: Views): AttackOutcome[] {
  const labels = [firstLabel(zero), firstLabel(one)] as const;
  return (["media", "commerce"] satisfies Side[]).flatMap((adversary) => {
    const [here, there] = [zero[adversary], one[adversary]];
    if (here === undefined || there === undefined) return [];
    const result = distinguisher([{ zero: here, one: there }], { labels });
    const attack = { about: result.about, run: () => result };
    const attempt: Attempt = {
      ...{ attack, adversary },
      run: () => Promise.resolve({ attempt, result }),
    };
    return [outcomeOf({ attempt, result })];
  });
}

/** Of all joint rows, the first label; one a row. */
function firstLabel({ commerce }: Views): Uint8Array {
  const { labels } = labelsOf(commerce);
  if (labels === undefined) return new Uint8Array();
  return labels.values.filter((_, at) => at % labels.names.length === 0);
}
