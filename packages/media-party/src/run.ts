import { type Observer, type PartyOutcome, readNoiseKey, runParty } from "@moongate/federation";
import { loadPartyData } from "@moongate/party-data";
import { noisyTrainingEpsilon } from "@moongate/defences";
import { mediaDefence } from "@moongate/defences";
import { loadIdentity } from "@moongate/transport";
import type { MediaConfig } from "./config.ts";

/**
 * Runs the media party of one session: features, no labels.
 * @throws MoongateError whatever ended the session; nothing is sent before the table is sound.
 */
export async function runMedia(
  config: MediaConfig,
  observer?: Observer,
  signal?: AbortSignal,
): Promise<PartyOutcome> {
  const { session, coordinator, peer, directory, registers, timeouts, accept, engine, record } =
    config;
  return runParty({
    role: "media",
    session,
    coordinator,
    peer,
    directory,
    registers,
    timeouts,
    accept,
    engine,
    record,
    identity: await loadIdentity(config.identity.certificate, config.identity.key),
    data: await loadPartyData(config.data, { settings: config.local, engine }),
    repeat: await readNoiseKey(config.noiseKey),
    defence: mediaDefence,
    epsilonOf: noisyTrainingEpsilon,
    observer,
    signal,
  });
}
