import {
  binaryLabel,
  featureColumns,
  fitPreparation,
  idsOf,
  type Preparation,
  parsePreparation,
  readTable,
  sparseNumbers,
} from "@moongate/data";
import {
  type DataConfig,
  type FittedPreparation,
  type LocalChoice,
  type PartyData,
  reopened,
  withLocalModel,
} from "@moongate/federation";

/** How a local model is trained, where the table's configuration asks for one. */
export type Learning = Partial<Pick<LocalChoice, "settings" | "engine">>;

/**
 * Media's table as federation uses it.
 * @throws MoongateError FILE_MISSING, or what is wrong with the table, naming column and line.
 */
export async function loadMediaData(
  config: DataConfig,
  learning: Learning = {},
): Promise<PartyData> {
  const table = await readTable(config.file, { id: config.id });
  const only = config.columns;
  const objective = config.objective ?? [];
  const columns = featureColumns(table, {
    exclude: [...config.exclude, ...objective],
    ...(only === undefined ? {} : { only }),
  });
  const ids = idsOf(table).slice(0, config.rows);
  const choice: LocalChoice = {
    ...learning,
    input: config.local ?? "auto",
    objective: objective.map((name) => ({ name, values: binaryLabel(table, name) })),
  };
  const fittedBy = (preparation: Preparation): FittedPreparation => ({
    columns: preparation.names,
    document: preparation.toJSON(),
    encode: preparation.encoder(table),
  });
  return {
    ids,
    prepare: async (trainRows, more) => {
      const options = { numbers: config.numbers, named: only !== undefined };
      const preparation = await fitPreparation(table, columns, trainRows, options);
      const fitted = {
        ...fittedBy(preparation),
        sparse: () => {
          const names = sparseNumbers(table, columns, trainRows);
          return preparation.sources.map((name) => names.has(name));
        },
      };
      return withLocalModel(fitted, ids.length, trainRows, choice, more);
    },
    reopen: (document) => reopened(document, (raw) => fittedBy(parsePreparation(raw))),
  };
}
