import { chanceAnchoredScore } from "@moongate/statistics";
import type { Attacks } from "./controls.ts";
import { testAuc } from "./frontier.ts";
import { bestOnValidation, isSplit } from "./pick.ts";
import type { Setting, TableResults } from "./settings.ts";
import { worstLeak } from "./worst.ts";

/**
 * The chance-anchored defence score of a setting against media: 1 is an attack at chance and a model
 * as good as the undefended split of its kind (of any kind, where there is none). Undefined where
 * either figure is missing, or all attacks are too weak to say anything.
 */
export function scoreOf(
  setting: Setting,
  table: TableResults,
  attacks: Attacks,
): number | undefined {
  const undefended =
    bestOnValidation(table, (unit) => isSplit(unit) && unit.model === setting.unit.model) ??
    bestOnValidation(table, isSplit);
  const [main, undefendedMain] = [testAuc(setting)?.mean, testAuc(undefended)?.mean];
  const worst = worstLeak(attacks.on(setting), "media");
  if (main === undefined || undefendedMain === undefined) return undefined;
  if (worst === undefined || worst.weak) return undefined;
  return chanceAnchoredScore({ attack: worst.leak.mean, main, undefendedMain });
}
