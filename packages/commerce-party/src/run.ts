import {
  makePlan,
  type Observer,
  type PartyOutcome,
  readNoiseKey,
  runParty,
} from "@moongate/federation";
import { commerceDefence, withNoise } from "@moongate/privacy";
import { loadIdentity } from "@moongate/transport";
import type { CommerceConfig } from "./config.ts";
import { loadCommerceData } from "./load-data.ts";

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
  const identity = await loadIdentity(config.identity.certificate, config.identity.key);
  const data = await loadCommerceData(config.data, config.labels, {
    settings: config.local,
    engine: config.engine,
  });
  const { session, coordinator, peer, directory, timeouts, engine } = config;
  const noiseKey = await readNoiseKey(config.noiseKey);
  return runParty({
    role: "commerce",
    session,
    coordinator,
    peer,
    directory,
    timeouts,
    plan: makePlan(session, config.labels, withNoise(config.plan)),
    identity,
    data,
    record: config.record,
    defence: commerceDefence,
    ...(noiseKey === undefined ? {} : { noiseKey }),
    engine,
    ...(observer === undefined ? {} : { observer }),
    ...(signal === undefined ? {} : { signal }),
  });
}
