import type { Unit, UnitResult } from "@moongate/lab";
import type { Setting, TableResults } from "./settings.ts";
import { average } from "./estimate.ts";

/** The setting with the best mean validation AUC among those that fit. */
export function bestOnValidation(
  { settings }: TableResults,
  fits: (unit: Unit) => boolean,
): Setting | undefined {
  return settings
    .filter(({ unit, done }) => done.length > 0 && fits(unit))
    .toSorted((a, b) => validationAuc(b) - validationAuc(a))[0];
}

export function validationAuc({ done }: Setting): number {
  return average(done.flatMap(({ validation }) => validation?.auc ?? [])) ?? -Infinity;
}

export const isFloor = ({ protocol, control }: Unit): boolean =>
  protocol === "local" && control === "none";
export const isCeiling = ({ protocol, control }: Unit): boolean =>
  protocol === "pooled" && control === "none";
export const isSplit = ({ protocol, defence, control }: Unit): boolean =>
  protocol === "split" && defence === undefined && control === "none";
export const isDefended = ({ protocol, defence, control }: Unit): boolean =>
  protocol === "split" && defence !== undefined && control === "none";
export const isMasked = ({ protocol, epsilon, control }: Unit): boolean =>
  protocol === "masked" && epsilon === undefined && control === "none";
export const isNoisyMasked = ({ protocol, epsilon, control }: Unit): boolean =>
  protocol === "masked" && epsilon !== undefined && control === "none";
export const isMasksOff = ({ control }: Unit): boolean => control === "masks-off";

/** The models that a table's main comparison is about; each absent if nobody trained it. */
export interface Main {
  readonly masked: Setting | undefined;
  /** The pooled model, of masked's kind if there is one, as all that follow. */
  readonly pooled: Setting | undefined;
  readonly local: Setting | undefined;
  readonly split: Setting | undefined;
}

/** The masked model that did best on validation rows, and its like of the other protocols. */
export function mainOf(table: TableResults): Main {
  const masked = bestOnValidation(table, isMasked);
  const like = (fits: (unit: Unit) => boolean): Setting | undefined =>
    bestOnValidation(table, (unit) => fits(unit) && unit.model === masked?.unit.model) ??
    bestOnValidation(table, fits);
  return { masked, pooled: like(isCeiling), local: like(isFloor), split: like(isSplit) };
}

/** Values of two settings by seed, where both have one. */
export function paired(
  a: Setting,
  b: Setting,
  read: (result: UnitResult) => number | undefined,
): { readonly a: number; readonly b: number }[] {
  return a.done.flatMap((one) => {
    const other = b.done.find(({ unit }) => unit.seed === one.unit.seed);
    const [left, right] = [read(one), other && read(other)];
    return left === undefined || right === undefined ? [] : [{ a: left, b: right }];
  });
}
