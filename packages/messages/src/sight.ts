import type { Role } from "./roles.ts";
import type { SeenRow, TrafficRow } from "./seen.ts";

type Sight = Pick<SeenRow, "opened" | "as">;

const readable = (as: string): Sight => ({ opened: true, as });
const sealed = (as: string): Sight => ({ opened: false, as });

/** What a party receives while ids are aligned, by either method. */
const ALIGNMENT: Readonly<Record<string, Sight>> = {
  "outer/psislot": readable("a slot in a random order for each of its own rows"),
  "outer/psirow": readable("which of its own rows are in the joint set"),
  "inner/ecblind": sealed("the other's ids as points blinded by the other's secret, shuffled"),
  "inner/ectwice": readable("which of its own rows are in the joint set"),
  "inner/psisum": sealed("a keyed hash of the joint ids in order, to compare with its own"),
};

const COMMITMENT = "keyed hashes of the other's rows to be scored and of its share";
const AUDIT = {
  "inner/coin": readable("random bytes, for a coin that neither party can choose"),
  "inner/audit": readable("keys of the other's masks in dealings that are opened and not used"),
};
const AGREED = sealed("a hash of what both opened while they sealed the model, to compare");

/** What each kind of frame is to the process that receives it. */
const SIGHTS: Readonly<Record<Role, Readonly<Record<string, Sight>>>> = {
  coordinator: {
    "outer/control": readable("who takes part, the plan, widths, numbers of rows"),
    "outer/relay": sealed("TLS records of the parties' own channel"),
    "outer/psitag": sealed("keyed hashes of ids, under a key it does not have, in random order"),
    "outer/maskkey": readable("keys of the masks that it deals for while rows are scored"),
    "outer/credit": readable("an empty acknowledgement of dealt frames"),
    "outer/spare": readable("which dealings the parties open, to audit it"),
  },
  media: {
    "outer/control": readable("who takes part, the plan, widths, numbers of rows"),
    ...ALIGNMENT,
    "inner/grad": readable("a gradient a row and step, which tells labels unless it is defended"),
    "inner/note": readable("size of commerce's table, digest of the plan"),
    "inner/commit": sealed(COMMITMENT),
    "inner/agreed": AGREED,
    ...AUDIT,
    "outer/pledge": readable("hashes of what commerce must open, to compare"),
    "inner/opening": sealed("commerce's columns and shares under one-time pads: uniform words"),
  },
  commerce: {
    "outer/control": readable("who takes part, the plan, widths, numbers of rows"),
    ...ALIGNMENT,
    "inner/embed": readable("an embedding a row and step: functions of media's columns"),
    "outer/deal": sealed("its shares of correlated randomness: uniform words"),
    "outer/spare": sealed("its shares of correlated randomness: uniform words"),
    "inner/note": readable(
      "size of media's table, digest of the plan, what media has seen, its memory and CPU time",
    ),
    "inner/commit": sealed(COMMITMENT),
    "inner/agreed": AGREED,
    ...AUDIT,
    "inner/opening": sealed(
      "media's columns and shares under one-time pads, and media's shares of the scores in the ledger",
    ),
  },
};

/** A kind this table does not know: the process has no use for it and keeps it unread. */
const UNKNOWN = sealed("frames it has no use for");

/** What a process has seen, from the counts of what was sent to it. */
export function sightsOf(role: Role, traffic: readonly TrafficRow[]): SeenRow[] {
  return (
    traffic
      .filter((row) => row.to === role)
      // A party opens the relayed records itself: their contents are listed as the inner channel.
      .filter((row) => role === "coordinator" || row.kind !== "relay")
      .map(({ channel, from, kind, frames, bytes }) => ({
        process: role,
        channel,
        from,
        kind,
        frames,
        bytes,
        ...(SIGHTS[role][`${channel}/${kind}`] ?? UNKNOWN),
      }))
  );
}

interface Counts {
  readonly frames: number;
  readonly bytes: number;
}

/** What a link's meter read, as rows of traffic between the process that has it and its peer. */
export function trafficOf(
  channel: "outer" | "inner",
  self: Role,
  peer: Role,
  reading: Readonly<Record<"sent" | "received", Readonly<Record<string, Counts>>>>,
): TrafficRow[] {
  const rows = (from: Role, to: Role, counts: Readonly<Record<string, Counts>>): TrafficRow[] =>
    Object.entries(counts)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([kind, { frames, bytes }]) => ({ from, to, channel, kind, frames, bytes }));
  return [...rows(self, peer, reading.sent), ...rows(peer, self, reading.received)];
}
