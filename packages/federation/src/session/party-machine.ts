import { otherParty, type SessionPlan } from "@moongate/messages";
import {
  type MaskSource,
  MaskStreams,
  PartyMachine,
  type PartyMachineOptions,
  streamsOfKey,
  SyntheticMasks,
} from "@moongate/mpc";
import { spillToFiles } from "@moongate/mpc/files";
import type { PartyOptions, PredictionOptions } from "../options.ts";
import { registersFolder } from "../register/folder.ts";
import { Scorings } from "../register/scorings.ts";
import type { Channel } from "./channel.ts";
import type { Connected } from "./connect.ts";
import type { Joined } from "./join.ts";
import type { Session } from "./session.ts";
import type { SessionView } from "./view.ts";

/** The other's masked columns stay in memory up to this size: 200,000 rows of 40 columns. */
const SPILL_ABOVE_BYTES = 64 * 2 ** 20;

/**
 * This party's machine of the masked protocol, with everything it opens on purpose in the ledger.
 * @param secret 32 bytes, other ones for each model, from which scoring masks are derived.
 */
export function partyMachine(
  session: Session<PartyOptions | PredictionOptions>,
  { outer }: Connected,
  { plan, incarnation }: Joined,
  { inner }: Channel,
  secret: Uint8Array,
  view?: SessionView,
): Promise<PartyMachine> {
  const { role, timeouts, ledger, options, run } = session;
  const masks = options.hooks?.masks ?? ((source: MaskSource): MaskSource => source);
  return PartyMachine.create({
    side: role,
    pair: inner,
    dealer: outer,
    masks: masks(
      new MaskStreams(outer.exportKey("dealer seed", 32), { session: plan.session, incarnation }),
    ),
    streamsOfKey: (key) => masks(streamsOfKey(key)),
    synthetic: new SyntheticMasks(secret),
    noise: options.hooks?.drawn?.noise,
    admitRows: scoringsOf(options, secret),
    onDisclosure: (line) => {
      ledger.add(line);
    },
    onOpened:
      view &&
      ((opened) => {
        view.opened(opened);
      }),
    timeoutMs: timeouts.messageMs,
    audit: auditOf(session, plan),
    spill: spillToFiles(run.path, options.spillAboveBytes ?? SPILL_ABOVE_BYTES),
  });
}

/** The audit of the coordinator that a training's plan asks for, with its line in the ledger. */
function auditOf(
  { ledger, role }: Session<PartyOptions | PredictionOptions>,
  plan: SessionPlan,
): PartyMachineOptions["audit"] {
  if (plan.task !== "train" || plan.auditDealer === undefined) return undefined;
  return {
    rate: plan.auditDealer,
    onAudited: (count) => {
      ledger.add({
        what: "masks of dealings that were opened and not used",
        why: "both parties audit the coordinator",
        to: otherParty(role),
        shape: `${count}×1`,
      });
    },
  };
}

/** Media's say on rows that are to be scored, by its register. */
function scoringsOf(
  options: PartyOptions | PredictionOptions,
  secret: Uint8Array,
): PartyMachineOptions["admitRows"] {
  if (options.role !== "media") return undefined;
  const { predict, scoringsPerUser: perUser } = options.accept;
  const users = predict === false || !("model" in options) ? undefined : predict.users;
  const scorings = new Scorings(registersFolder(options), secret, { perUser, users });
  return (scored, versions) => scorings.admit(scored, versions);
}
