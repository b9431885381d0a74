import type { PartyOptions } from "../options.ts";
import { EpsilonBudget } from "../register/epsilon-budget.ts";
import { registersFolder } from "../register/folder.ts";

/** A party's budget of epsilon over all its trainings; undefined where it sets no maximum. */
export function budgetOf(options: PartyOptions): EpsilonBudget | undefined {
  const { role } = options;
  const maximumEpsilon =
    options.role === "media" ? options.accept.maximumEpsilon : options.maximumEpsilon;
  if (maximumEpsilon === undefined) return undefined;
  const { ids } = options.data;
  return new EpsilonBudget(registersFolder(options), { role, ids, maximumEpsilon });
}
