import { type Observer, type PredictionOutcome, runPrediction } from "@moongate/federation";
import { loadScoring } from "@moongate/party-data";
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
  const { session, coordinator, peer, directory, registers, timeouts, engine } = config;
  return runPrediction({
    role: "commerce",
    session,
    coordinator,
    peer,
    directory,
    registers,
    timeouts,
    engine,
    accept: config.accept,
    identity: await loadIdentity(config.identity.certificate, config.identity.key),
    ...(await loadScoring("commerce", config)),
    observer,
    signal,
  });
}
