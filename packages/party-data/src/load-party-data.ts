import {
  columnOf,
  featureColumns,
  fitStatistics,
  idsOf,
  type Preparation,
  parsePreparation,
  sparseNumbers,
  structureOf,
  type TableFindings,
} from "@moongate/data";
import { MoongateError } from "@moongate/errors";
import {
  type DataConfig,
  type FittedPreparation,
  type LocalChoice,
  type PartyData,
  reopened,
  withLocalModel,
} from "@moongate/federation";
import { recordOf } from "@moongate/messages";
import { rawColumns } from "./raw-columns.ts";
import { readOwnTable } from "./read-own-table.ts";
import { suspectColumns } from "./suspects.ts";
import { tableReport } from "./table-report.ts";

/** A party's table, and what was seen in its file. */
export interface LoadedTable extends PartyData {
  readonly findings: TableFindings;
}

export interface LoadOptions extends Partial<Pick<LocalChoice, "settings" | "engine">> {
  /** Columns that the joint model predicts: commerce's, and no features. Media has none. */
  readonly labels?: readonly string[];
}

/**
 * A party's table as its session uses it, with the labels if it has some. Which columns it becomes is
 * decided here, by the whole table and before anything is sent.
 * @throws MoongateError CONFIG_INVALID for an objective that is a label; FILE_MISSING, or what is wrong with the table, naming column and line.
 */
export async function loadPartyData(
  config: DataConfig,
  { labels = [], ...learning }: LoadOptions = {},
): Promise<LoadedTable> {
  const objective = config.objective ?? [];
  requireOwn(objective, labels);
  const { table, labels: read } = await readOwnTable(config, [...labels, ...objective]);
  const only = config.columns;
  const columns = featureColumns(table, {
    labels,
    exclude: [...config.exclude, ...objective],
    only,
  });
  const structure = await structureOf(table, columns, {
    numbers: config.numbers,
    named: only !== undefined,
  });
  const sparse = sparseNumbers(table, columns);
  const features = columns.map((name) => columnOf(table, name));
  const ids = idsOf(table);
  const named = (names: readonly string[]) => read.filter(({ name }) => names.includes(name));
  const targets = named(labels);
  const choice: LocalChoice = {
    ...learning,
    input: config.local ?? "auto",
    objective: named(objective),
  };
  const fittedBy = (preparation: Preparation): FittedPreparation => ({
    columns: preparation.names,
    document: preparation.toJSON(),
    encode: preparation.encoder(table),
  });
  let suspected: LoadedTable["suspects"];
  return {
    ids,
    ...(labels.length === 0
      ? {}
      : { labels: recordOf(targets.map(({ name, values }) => [name, values])) }),
    findings: table.findings,
    report: tableReport(table.findings, {
      ...{ id: config.id, features: new Set(columns), labels, objective },
    }),
    // When somebody asks: a demo reads both tables once more, and has no use for it.
    get suspects() {
      suspected ??= suspectColumns(features, targets, ids.length);
      return suspected;
    },
    prepare: async (trainRows, more) => {
      const preparation = await fitStatistics(table, structure, trainRows);
      const fitted = {
        ...fittedBy(preparation),
        sparse: () => preparation.sources.map((name) => sparse.has(name)),
      };
      return withLocalModel(fitted, ids.length, trainRows, choice, more);
    },
    rawColumns: (rows) => rawColumns(features, rows),
    reopen: (document) => reopened(document, (raw) => fittedBy(parsePreparation(raw))),
  };
}

/**
 * What enters the joint model must not be made of its labels: a local model trained towards one
 * fits it on the training rows, and tells media of it past every label defence.
 */
function requireOwn(objective: readonly string[], labels: readonly string[]): void {
  const shared = objective.find((name) => labels.includes(name));
  if (shared === undefined) return;
  throw new MoongateError(
    "CONFIG_INVALID",
    `the objective "${shared}" of the local model is also one of the joint labels`,
    {
      cure: `Take "${shared}" out of "data.objective" or out of "labels".`,
      details: { key: "data.objective" },
    },
  );
}
