import {
  makePlan,
  type Observer,
  type PartyOutcome,
  readNoiseKey,
  runParty,
} from "@moongate/federation";
import { loadPartyData } from "@moongate/party-data";
import { withNoise } from "@moongate/defences";
import { commerceDefence } from "@moongate/defences";
import { loadIdentity } from "@moongate/transport";
import type { CommerceConfig } from "./config.ts";

/**
 * Runs the commerce party of one session: features and labels; it proposes the plan and learns
 * the scores.
 * @throws MoongateError whatever ended the session; nothing is sent before the table is sound.
 */
export async function runCommerce(
  config: CommerceConfig,
  observer?: Observer,
  signal?: AbortSignal,
): Promise<PartyOutcome> {
  const { session, coordinator, peer, directory, registers, timeouts, engine, record, labels } =
    config;
  return runParty({
    role: "commerce",
    session,
    coordinator,
    peer,
    directory,
    registers,
    timeouts,
    engine,
    record,
    identity: await loadIdentity(config.identity.certificate, config.identity.key),
    data: await loadPartyData(config.data, { labels, settings: config.local, engine }),
    plan: makePlan(session, labels, withNoise(config.plan)),
    maximumEpsilon: config.maximumEpsilon,
    accept: config.accept,
    repeat: await readNoiseKey(config.noiseKey),
    defence: commerceDefence,
    observer,
    signal,
  });
}
