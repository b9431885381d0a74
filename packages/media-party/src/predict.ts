import { readPrepared } from "@moongate/data";
import {
  asSaved,
  loadModel,
  type Observer,
  openDocument,
  type PredictionOutcome,
  runPrediction,
} from "@moongate/federation";
import { mediaDefence } from "@moongate/privacy";
import { loadIdentity } from "@moongate/transport";
import type { MediaPredictionConfig } from "./config.ts";

/**
 * Runs the media party of one prediction: it helps to score its users by a model it has a share of.
 * @throws MoongateError whatever ended the session; nothing is sent before model and table are sound.
 */
export async function predictMedia(
  config: MediaPredictionConfig,
  observer?: Observer,
  signal?: AbortSignal,
): Promise<PredictionOutcome> {
  const identity = await loadIdentity(config.identity.certificate, config.identity.key);
  const model = await loadModel(config.model, "media");
  const saved = openDocument(model.preparation);
  const fitted = asSaved(await readPrepared(saved.raw, config.data), saved);
  const { session, coordinator, peer, directory, timeouts, accept } = config;
  return runPrediction({
    role: "media",
    session,
    coordinator,
    peer,
    directory,
    timeouts,
    accept,
    identity,
    model,
    defence: mediaDefence,
    data: { ids: fitted.ids, fitted },
    ...(observer === undefined ? {} : { observer }),
    ...(signal === undefined ? {} : { signal }),
  });
}
