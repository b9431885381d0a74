import { featureColumns, fitPreparation, idsOf, readTable } from "@moongate/data";
import type { DataConfig, PartyData } from "@moongate/federation";

/**
 * Media's table as federation uses it.
 * @throws MoongateError FILE_MISSING, or what is wrong with the table, naming column and line.
 */
export async function loadMediaData(config: DataConfig): Promise<PartyData> {
  const table = await readTable(config.file, { id: config.id });
  const only = config.columns;
  const columns = featureColumns(table, {
    exclude: config.exclude,
    ...(only === undefined ? {} : { only }),
  });
  return {
    ids: idsOf(table).slice(0, config.rows),
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
