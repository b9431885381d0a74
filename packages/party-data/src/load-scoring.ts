import { readPrepared, type TableChoice } from "@moongate/data";
import {
  asSaved,
  loadModel,
  openDocument,
  type SavedModel,
  type ScoringData,
} from "@moongate/federation";

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
  config: { readonly model: string; readonly data: TableChoice },
): Promise<Scoring> {
  const model = await loadModel(config.model, side);
  const saved = openDocument(model.preparation);
  const fitted = asSaved(await readPrepared(saved.raw, config.data), saved);
  return { model, data: { ids: fitted.ids, fitted } };
}
