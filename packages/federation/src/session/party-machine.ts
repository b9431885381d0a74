import { MaskStreams, PartyMachine, SyntheticMasks } from "@moongate/mpc";
import type { SessionOptions } from "../options.ts";
import type { Channel } from "./channel.ts";
import type { Connected } from "./connect.ts";
import type { Joined } from "./join.ts";
import type { Session } from "./session.ts";

/** The other's masked columns stay in memory up to this size: 200,000 rows of 40 columns. */
const SPILL_ABOVE_BYTES = 64 * 2 ** 20;

/**
 * This party's machine of the masked protocol, with everything it opens on purpose in the ledger.
 * @param secret what scoring masks are derived of: one for each model.
 */
export function partyMachine(
  session: Session<SessionOptions>,
  { outer }: Connected,
  { plan, incarnation }: Joined,
  { inner }: Channel,
  secret: Uint8Array,
): Promise<PartyMachine> {
  const { role, timeouts, ledger, options, run } = session;
  return PartyMachine.create({
    side: role,
    pair: inner,
    dealer: outer,
    masks: new MaskStreams(outer.exportKey("dealer seed", 32), {
      session: plan.session,
      incarnation,
    }),
    synthetic: new SyntheticMasks(secret),
    onDisclosure: (line) => {
      ledger.add(line);
    },
    timeoutMs: timeouts.messageMs,
    spill: { directory: run.path, aboveBytes: options.spillAboveBytes ?? SPILL_ABOVE_BYTES },
  });
}
