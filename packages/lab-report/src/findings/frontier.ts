import { type Attacks, stands } from "./controls.ts";
import { average, type Estimate, estimate, possible } from "./estimate.ts";
import { bestOnValidation, isCeiling, isFloor, validationAuc } from "./pick.ts";
import { inReadingOrder, type Setting, type TableResults } from "./settings.ts";
import { type WorstLeak, worstLeak } from "./worst.ts";

/** One setting on the chart of one adversary. */
export interface FrontierPoint {
  readonly setting: Setting;
  /** A defended setting's number in the key, the same on all charts. */
  readonly number: number | undefined;
  readonly auc: Estimate;
  readonly worst: WorstLeak;
  /** True if no setting has both a higher AUC and a smaller leak on validation rows. */
  readonly chosen: boolean;
  /** The same among split settings alone. */
  readonly chosenOfSplit: boolean;
}

export interface Frontier {
  readonly adversary: string;
  readonly points: readonly FrontierPoint[];
}

/** Horizontal lines of a table's charts: test AUC. */
export interface Lines {
  readonly floor: Estimate | undefined;
  readonly ceiling: Estimate | undefined;
  readonly best: number | undefined;
}

export function linesOf(table: TableResults): Lines {
  const best = table.settings.flatMap(({ done }) => done.flatMap(({ best }) => best ?? []));
  return {
    floor: testAuc(bestOnValidation(table, isFloor)),
    ceiling: testAuc(bestOnValidation(table, isCeiling)),
    best: average(best),
  };
}

export function testAuc(setting: Setting | undefined): Estimate | undefined {
  const found = setting && estimate(setting.done.flatMap(({ test }) => test?.auc ?? []));
  return found && possible(found);
}

/** Numbers by title: defended settings are too many to be named on a chart. */
export type SettingNumbers = ReadonlyMap<string, number>;

/** Numbers defended settings from 1, the same on all tables. */
export function numbersOf(tables: readonly TableResults[]): SettingNumbers {
  const defended = tables
    .flatMap(({ settings }) => settings)
    .filter(({ unit }) => unit.defence !== undefined)
    .toSorted(inReadingOrder)
    .map(({ title }) => title);
  return new Map([...new Set(defended)].map((title, index) => [title, index + 1]));
}

/** The settings that a table's charts show. */
export function plotted(table: TableResults, attacks: Attacks): Setting[] {
  return table.settings.filter(
    (setting) =>
      testAuc(setting) !== undefined &&
      attacks
        .on(setting)
        .some(
          ({ finding }) => finding.leak !== undefined && stands(setting.unit, finding.adversary),
        ),
  );
}

/** A chart's worth of points for every adversary, those with the most points first. */
export function frontiersOf(
  table: TableResults,
  attacks: Attacks,
  numbers: SettingNumbers = numbersOf([table]),
): Frontier[] {
  const settings = plotted(table, attacks);
  const adversaries = new Set(attacks.all().map(({ finding }) => finding.adversary));
  return [...adversaries]
    .map((adversary) => frontierOf(adversary, settings, attacks, numbers))
    .filter(({ points }) => points.length > 0)
    .toSorted((a, b) => b.points.length - a.points.length);
}

function frontierOf(
  adversary: string,
  settings: readonly Setting[],
  attacks: Attacks,
  numbers: SettingNumbers,
): Frontier {
  const found = settings.flatMap((setting) => {
    if (!stands(setting.unit, adversary)) return [];
    const [auc, worst] = [testAuc(setting), worstLeak(attacks.on(setting), adversary)];
    if (auc === undefined || worst === undefined) return [];
    return [{ setting, number: numbers.get(setting.title), auc, worst }];
  });
  const coordinates = found.map(({ setting, worst }) => ({
    gain: validationAuc(setting),
    loss: worst.leak.mean,
  }));
  const isOfSplit = found.map(({ setting }) => setting.unit.protocol === "split");
  const chosen = nonDominated(coordinates);
  const chosenOfSplit = nonDominated(
    coordinates,
    coordinates.filter((_, at) => isOfSplit[at]),
  );
  const points = found.map((point, at) => ({
    ...point,
    chosen: chosen[at] ?? false,
    chosenOfSplit: (isOfSplit[at] ?? false) && (chosenOfSplit[at] ?? false),
  }));
  return { adversary, points };
}

/**
 * True if no rival is at least as good in both ways and better in one.
 *
 * @param points what a point gains, and what it loses.
 */
export function nonDominated(
  points: readonly { readonly gain: number; readonly loss: number }[],
  rivals = points,
): boolean[] {
  return points.map(
    ({ gain, loss }) =>
      !rivals.some(
        (rival) =>
          rival.gain >= gain && rival.loss <= loss && (rival.gain > gain || rival.loss < loss),
      ),
  );
}
