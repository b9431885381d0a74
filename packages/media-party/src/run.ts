import { type Observer, type PartyOutcome, readNoiseKey, runParty } from "@moongate/federation";
import { mediaDefence, noisyTrainingEpsilon } from "@moongate/privacy";
import { loadIdentity } from "@moongate/transport";
import type { MediaConfig } from "./config.ts";
import { loadMediaData } from "./load-data.ts";

/**
 * Runs the media party of one session: features, no labels.
 * @throws MoongateError whatever ended the session; nothing is sent before the table is sound.
 */
export async function runMedia(
  config: MediaConfig,
  observer?: Observer,
  signal?: AbortSignal,
): Promise<PartyOutcome> {
  const identity = await loadIdentity(config.identity.certificate, config.identity.key);
  const data = await loadMediaData(config.data, { settings: config.local, engine: config.engine });
  const { session, coordinator, peer, directory, timeouts, accept, engine } = config;
  const noiseKey = await readNoiseKey(config.noiseKey);
  return runParty({
    role: "media",
    session,
    coordinator,
    peer,
    directory,
    timeouts,
    accept,
    identity,
    data,
    record: config.record,
    defence: mediaDefence,
    epsilonOf: noisyTrainingEpsilon,
    ...(noiseKey === undefined ? {} : { noiseKey }),
    engine,
    ...(observer === undefined ? {} : { observer }),
    ...(signal === undefined ? {} : { signal }),
  });
}
