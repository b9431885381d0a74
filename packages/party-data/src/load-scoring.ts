import { type PreparedTable, readPrepared } from "@moongate/data";
import {
  asSaved,
  loadModel,
  openDocument,
  type PredictionData,
  type SavedModel,
  type ScoringData,
} from "@moongate/federation";
import { rowsByHash } from "./choose-rows.ts";
import { readingOf } from "./read-own-table.ts";
import { predictionReport } from "./table-report.ts";

/** New rows of a configuration's table as a saved preparation encodes them. */
export function readNewRows(preparation: unknown, data: PredictionData): Promise<PreparedTable> {
  const { file, id, rows, idRule } = data;
  const choose =
    rows === undefined ? {} : { choose: (ids: readonly string[]) => rowsByHash(ids, rows, idRule) };
  return readPrepared(preparation, { ...readingOf(data), file, id, ...choose });
}

/** What a party brings to a prediction: its share of the model, and new rows prepared as it says. */
export interface Scoring {
  readonly model: SavedModel;
  readonly data: ScoringData;
}

/**
 * @param config the folder of the model, and the table to score.
 * @throws MoongateError FILE_MISSING, MODEL_INVALID, or what is wrong with the table, naming column
 *   and line.
 */
export async function loadScoring(
  side: "media" | "commerce",
  config: { readonly model: string; readonly data: PredictionData },
): Promise<Scoring> {
  const model = await loadModel(config.model, side);
  const saved = openDocument(model.preparation);
  const prepared = await readNewRows(saved.raw, config.data);
  const fitted = asSaved(prepared, saved);
  return {
    model,
    data: { ids: fitted.ids, fitted, report: predictionReport(prepared.findings, config.data.id) },
  };
}
