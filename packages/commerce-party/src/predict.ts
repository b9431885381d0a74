import { readPrepared } from "@moongate/data";
import {
  asSaved,
  loadModel,
  type Observer,
  openDocument,
  type PredictionOutcome,
  runPrediction,
} from "@moongate/federation";
import { loadIdentity } from "@moongate/transport";
import type { CommercePredictionConfig } from "./config.ts";

/**
 * Runs the commerce party of one prediction: it learns the scores of the users that both have.
 * @throws MoongateError whatever ended the session; nothing is sent before model and table are sound.
 */
export async function predictCommerce(
  config: CommercePredictionConfig,
  observer?: Observer,
  signal?: AbortSignal,
): Promise<PredictionOutcome> {
  const identity = await loadIdentity(config.identity.certificate, config.identity.key);
  const model = await loadModel(config.model, "commerce");
  const saved = openDocument(model.preparation);
  const fitted = asSaved(await readPrepared(saved.raw, config.data), saved);
  const { session, coordinator, peer, directory, timeouts } = config;
  return runPrediction({
    role: "commerce",
    session,
    coordinator,
    peer,
    directory,
    timeouts,
    identity,
    model,
    data: { ids: fitted.ids, fitted },
    ...(observer === undefined ? {} : { observer }),
    ...(signal === undefined ? {} : { signal }),
  });
}
