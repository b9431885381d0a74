import { type Observer, type PredictionOutcome, runPrediction } from "@moongate/federation";
import { loadScoring } from "@moongate/party-data";
import { mediaDefence } from "@moongate/defences";
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
  const { session, coordinator, peer, directory, registers, timeouts, accept, engine } = config;
  return runPrediction({
    role: "media",
    session,
    coordinator,
    peer,
    directory,
    registers,
    timeouts,
    engine,
    accept,
    identity: await loadIdentity(config.identity.certificate, config.identity.key),
    ...(await loadScoring("media", config)),
    defence: mediaDefence,
    observer,
    signal,
  });
}
