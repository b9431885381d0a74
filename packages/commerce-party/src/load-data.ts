import { binaryLabel, featureColumns, fitPreparation, idsOf, readTable } from "@moongate/data";
import type { DataConfig, PartyData } from "@moongate/federation";

/**
 * Commerce's table as federation uses it, labels included.
 * @throws MoongateError FILE_MISSING, or what is wrong with the table, naming column and line.
 */
export async function loadCommerceData(
  config: DataConfig,
  labels: readonly string[],
): Promise<PartyData> {
  const table = await readTable(config.file, { id: config.id });
  const only = config.columns;
  const columns = featureColumns(table, {
    labels,
    exclude: config.exclude,
    ...(only === undefined ? {} : { only }),
  });
  return {
    ids: idsOf(table).slice(0, config.rows),
    labels: Object.fromEntries(labels.map((name) => [name, binaryLabel(table, name)])),
    prepare: async (trainRows) => {
      const options = { numbers: config.numbers, named: only !== undefined };
      const preparation = await fitPreparation(table, columns, trainRows, options);
      return {
        columns: preparation.names,
        document: preparation.toJSON(),
        encode: preparation.encoder(table),
      };
    },
  };
}
