import type { Attacks } from "./controls.ts";
import { bounds, type Estimate, estimate } from "./estimate.ts";
import {
  bestOnValidation,
  isDefended,
  isFloor,
  isNoisyMasked,
  isSplit,
  mainOf,
  paired,
} from "./pick.ts";
import type { Setting, TableResults } from "./settings.ts";

/** Two settings on the same rows, seed by seed. */
export interface Comparison {
  readonly of: Setting;
  readonly against: Setting;
  /** Test AUC of the first less that of the second. */
  readonly difference: Estimate;
}

/** What the seeds of a table can tell apart, and what not. */
export interface Apart {
  readonly seeds: number;
  /** The comparisons that a reader looks for. */
  readonly main: readonly Comparison[];
  /** Every defended split against the undefended one of its kind. */
  readonly defences: readonly Comparison[];
  /** The difference of test AUC that a typical one of these intervals would just show. */
  readonly visible: number | undefined;
  /** How far from one half a leak AUC of the masked model must typically be to be told from it. */
  readonly visibleLeak: number | undefined;
}

/** True if the interval leaves out 0; a single seed tells nothing apart. */
export function toldApart({ interval }: Estimate): boolean {
  return interval !== undefined && (interval[0] > 0 || interval[1] < 0);
}

export function apartOf(table: TableResults, attacks: Attacks): Apart {
  const { masked, pooled, local, split } = mainOf(table);
  const floor = bestOnValidation(table, isFloor);
  const noisy = table.settings.filter(({ unit }) => isNoisyMasked(unit));
  const main = [
    compare(masked, pooled),
    compare(split, pooled),
    compare(masked, split),
    compare(masked, local),
    ...noisy.map((setting) => compare(setting, floor)),
  ].flat();
  const defences = table.settings
    .filter(({ unit }) => isDefended(unit))
    .flatMap((setting) => {
      const { model } = setting.unit;
      const bare = bestOnValidation(table, (unit) => isSplit(unit) && unit.model === model);
      return compare(setting, bare);
    });
  const leaks = masked === undefined ? [] : attacks.on(masked).map(({ finding }) => finding.leak);
  const reach = [...main, ...defences].flatMap(({ difference }) => halfWidth(difference));
  return {
    seeds: Math.max(0, ...main.map(({ difference }) => difference.seeds)),
    ...{ main, defences, visible: median(reach) },
    visibleLeak: median(leaks.flatMap((leak) => (leak === undefined ? [] : halfWidth(leak)))),
  };
}

function compare(of: Setting | undefined, against: Setting | undefined): Comparison[] {
  if (of === undefined || against === undefined) return [];
  const pairs = paired(of, against, ({ test }) => test?.auc);
  const difference = estimate(pairs.map(({ a, b }) => a - b));
  return difference === undefined ? [] : [{ of, against, difference }];
}

function halfWidth(found: Estimate): number[] {
  const [low, high] = bounds(found);
  return found.interval === undefined ? [] : [(high - low) / 2];
}

function median(values: readonly number[]): number | undefined {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}
