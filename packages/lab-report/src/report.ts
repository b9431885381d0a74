import type { UnitResult } from "@moongate/lab";
import type { Campaign } from "@moongate/campaign";
import type { Joining } from "@moongate/campaign";
import { type Apart, apartOf } from "./findings/apart.ts";
import { Attacks } from "./findings/controls.ts";
import { type EpsilonSeries, epsilonSeries } from "./findings/epsilon.ts";
import {
  type Frontier,
  frontiersOf,
  type Lines,
  linesOf,
  type SettingNumbers,
  numbersOf,
  plotted,
} from "./findings/frontier.ts";
import { type Main, mainOf } from "./findings/pick.ts";
import { type Setting, tablesOf, type TableResults } from "./findings/settings.ts";
import { joiningOf } from "./findings/worth.ts";

/** What a report says beside its results. */
export interface ReportOptions {
  /** Is made where it is missing. */
  readonly folder: string;
  /** The command that reproduces it. */
  readonly command: string;
  readonly generated: Date;
  /** The machine and versions it ran on, as names and values. */
  readonly environment: Readonly<Record<string, string>>;
  /** What was not tried, one sentence each. */
  readonly notTried: readonly string[];
  /** What a reader may want to know of a table, by its name: one sentence. */
  readonly tables?: Readonly<Record<string, string>>;
  /** Other inputs of the campaign than the defaults. */
  readonly campaign?: Partial<Campaign>;
}

/** All that is said of one table. */
export interface TableReport {
  readonly results: TableResults;
  readonly about: string | undefined;
  readonly attacks: Attacks;
  readonly main: Main;
  readonly lines: Lines;
  /** The settings on the charts. */
  readonly plotted: readonly Setting[];
  /** Numbers of defended settings on the charts. */
  readonly numbers: SettingNumbers;
  readonly frontiers: readonly Frontier[];
  readonly epsilon: readonly EpsilonSeries[];
  readonly joining: Joining | undefined;
  readonly apart: Apart;
}

/** Works everything out, once for all renderings. */
export function tableReports(
  results: readonly UnitResult[],
  { tables = {}, campaign }: Pick<ReportOptions, "tables" | "campaign">,
): TableReport[] {
  const all = tablesOf(results);
  const numbers = numbersOf(all);
  const audits = results.flatMap(({ audit }) => audit ?? []);
  return all.map((table) => {
    const attacks = new Attacks(table);
    return {
      results: table,
      about: tables[table.data],
      attacks,
      main: mainOf(table),
      lines: linesOf(table),
      plotted: plotted(table, attacks),
      numbers,
      frontiers: frontiersOf(table, attacks, numbers),
      epsilon: epsilonSeries(table, audits),
      joining: joiningOf(table, campaign),
      apart: apartOf(table, attacks),
    };
  });
}
