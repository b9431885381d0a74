import { type AssignedSlots, assignSlots, intersectTags } from "@moongate/alignment";
import { MoongateError } from "@moongate/errors";
import {
  type ControlMessage,
  planDigest,
  scoringPlanOf,
  type SessionPlan,
  type Side,
  type PartitionRows,
  sightsOf,
  trafficOf,
  trainingPlanOf,
  type TrafficRow,
  type Width,
} from "@moongate/messages";
import type { CpuSeconds } from "@moongate/telemetry";
import { peakMemory } from "@moongate/telemetry/process";
import {
  DealerMachine,
  type MaskSource,
  MaskStreams,
  maskedScoring,
  maskedTraining,
  streamsOfKey,
} from "@moongate/mpc";
import { type Link, relay, type RelayOptions } from "@moongate/transport";
import { IN_SESSION } from "./limits.ts";
import type { CoordinatorTimeouts } from "./options.ts";
import { announcedOverlap, FEWEST_COMMON } from "./overlap.ts";
import type { Seat } from "./seat.ts";
import { CoordinatorView, type ViewOptions } from "./view.ts";

export interface ProgramOptions {
  readonly session: string;
  readonly incarnation: number;
  readonly seats: Readonly<Record<Side, Seat>>;
  readonly timeouts: CoordinatorTimeouts;
  readonly intercept?: RelayOptions["intercept"] | undefined;
  /** Takes down what the coordinator sees; nothing by default. */
  readonly view?: ViewOptions | undefined;
  /** Wraps every source of masks; default: none is wrapped. The parties have the same option. */
  readonly masks?: ((source: MaskSource) => MaskSource) | undefined;
  /** CPU time of this process so far, by phase. */
  readonly cpuSeconds: () => CpuSeconds;
  readonly onPlan?: ((plan: SessionPlan) => void) | undefined;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  /** All is done: from now on the parties may hang up. */
  readonly onFarewell?: (() => void) | undefined;
}

/**
 * The coordinator's part of one session, from both parties' joining to their leaving.
 *
 * 1. Plan: commerce proposes, media agrees to its digest; both are welcomed.
 * 2. Relay: sealed frames pass from now on, unread.
 * 3. Align: with the keyed method, intersect the tags and say the sizes; with the hidden one, give
 *    every row a slot, and say the number of slots.
 * 4. Shape: both announce widths and rows; they must agree on the rows.
 * 5. Deal: run the masked program on masks alone, from the two exported seeds. A split session
 *    needs nothing of the coordinator but the relay.
 * 6. Farewell: say what was seen and carried; the parties hang up.
 */
export async function runProgram(options: ProgramOptions): Promise<void> {
  const { seats } = options;
  const plan = await agreeOnPlan(options);
  options.onPlan?.(plan);
  for (const { link } of Object.values(seats)) link.limit(IN_SESSION);
  const links = { media: seats.media.link, commerce: seats.commerce.link };
  // Views are of trainings.
  const recorded = options.view !== undefined && plan.task === "train";
  const view = recorded ? new CoordinatorView(options.view, links) : undefined;
  try {
    await serve(options, plan, view?.links ?? links, view);
  } finally {
    view?.close();
  }
}

/** Steps 2 to 6. @param links where the coordinator receives what is meant for itself. */
async function serve(
  options: ProgramOptions,
  plan: SessionPlan,
  links: Readonly<Record<Side, Link>>,
  view: CoordinatorView | undefined,
): Promise<void> {
  const { seats, timeouts, intercept } = options;
  void relay(seats.media.link, seats.commerce.link, { intercept });
  const welcome = (peer: Seat): ControlMessage => ({
    type: "welcome",
    incarnation: options.incarnation,
    plan,
    peer: peer.fingerprint,
  });
  await Promise.all([
    seats.media.control.send(welcome(seats.commerce)),
    seats.commerce.control.send(welcome(seats.media)),
  ]);

  if (plan.alignment.method === "keyed") {
    const sizes = await intersectTags({
      ...links,
      timeoutMs: timeouts.workMs,
    });
    await tellBoth(seats, { type: "aligned", ...sizes });
  }
  const hidden =
    plan.alignment.method === "hidden" ? await hideRows(options, plan, links) : undefined;

  const { rows, width } = await agreeOnShape(seats, timeouts);
  if (plan.task === "train") view?.begin(plan, rows, width, options.incarnation);
  await tellBoth(seats, { type: "start", rows, width });
  if (plan.protocol === "masked") await deal(options, links, plan, { rows, width, hidden });

  await Promise.all([done(seats.media, timeouts.workMs), done(seats.commerce, timeouts.workMs)]);
  const traffic = carried(seats);
  view?.end(traffic);
  options.onFarewell?.();
  const seen = sightsOf("coordinator", traffic);
  await tellBoth(seats, {
    type: "farewell",
    seen,
    traffic,
    peakBytes: peakMemory(),
    cpuSeconds: options.cpuSeconds(),
  });
}

/** What the coordinator alone knows of slots, and what it says of them. */
interface HiddenRows {
  readonly owners: AssignedSlots["owners"];
  readonly overlap: number;
}

/**
 * Assigns slots, and says how many there are and about how many count. Too few common training users
 * for a model are dealt with as none, and nobody is told: an ending would tell the parties.
 */
async function hideRows(
  { seats, timeouts }: ProgramOptions,
  { alignment, task }: SessionPlan,
  links: Readonly<Record<Side, Link>>,
): Promise<HiddenRows> {
  const padded = alignment.slots !== "union";
  const known = await assignSlots({ ...links, padded, timeoutMs: timeouts.workMs });
  const { slots: rows, matched, owners } = known;
  const overlap = announcedOverlap(matched.train, rows.train, padded);
  await tellBoth(seats, { type: "slots", rows, overlap });
  if (task === "train" && matched.train < FEWEST_COMMON) owners.media.fill(0, 0, rows.train);
  return { owners, overlap };
}

const asTheyAre = (source: MaskSource): MaskSource => source;

/** Counts of what crossed the coordinator's two links, by kind and direction. */
export function carried(seats: Partial<Record<Side, Seat>>): TrafficRow[] {
  return [seats.media, seats.commerce].flatMap((seat) =>
    seat === undefined ? [] : trafficOf("outer", "coordinator", seat.role, seat.link.meter.read()),
  );
}

async function agreeOnPlan({ seats, session, timeouts }: ProgramOptions): Promise<SessionPlan> {
  const { plan } = await seats.commerce.control.receive("plan", timeouts.joinMs);
  if (plan.session !== session) {
    throw new MoongateError(
      "SESSION_REFUSED",
      "the plan names another session than its party joined",
    );
  }
  await seats.media.control.send({ type: "plan", plan });
  const accept = await seats.media.control.receive("accept", timeouts.joinMs);
  if (accept.plan !== planDigest(plan)) {
    throw new MoongateError("SESSION_REFUSED", "media agreed to another plan than was proposed");
  }
  return plan;
}

async function agreeOnShape(
  seats: Readonly<Record<Side, Seat>>,
  timeouts: CoordinatorTimeouts,
): Promise<{ rows: PartitionRows; width: Width }> {
  const [media, commerce] = await Promise.all([
    seats.media.control.receive("shape", timeouts.workMs),
    seats.commerce.control.receive("shape", timeouts.workMs),
  ]);
  const { rows } = media;
  const same =
    rows.train === commerce.rows.train &&
    rows.validation === commerce.rows.validation &&
    rows.test === commerce.rows.test;
  if (!same) {
    throw new MoongateError("MESSAGE_INVALID", '"rows": the parties announced different numbers', {
      cure: "Both parties must use the same kind of id; see that no row was added meanwhile.",
    });
  }
  return { rows, width: { media: media.width, commerce: commerce.width } };
}

/** What the dealer must know of the joint table. */
interface JointTable {
  readonly rows: PartitionRows;
  readonly width: Width;
  readonly hidden: HiddenRows | undefined;
}

async function deal(
  { session, incarnation, timeouts, onProgress, masks: around = asTheyAre }: ProgramOptions,
  links: Readonly<Record<Side, Link>>,
  plan: SessionPlan,
  { rows, width, hidden }: JointTable,
): Promise<void> {
  const masks = (side: Side): MaskSource =>
    around(new MaskStreams(links[side].exportKey("dealer seed", 32), { session, incarnation }));
  const machine = await DealerMachine.create({
    ...links,
    streamsOfKey: (key) => around(streamsOfKey(key)),
    masks: { media: masks("media"), commerce: masks("commerce") },
    audited: plan.task === "train" && plan.auditDealer !== undefined,
    timeoutMs: timeouts.messageMs,
    catchUpMs: timeouts.workMs,
  });
  const inputs = { features: {}, slots: hidden?.owners };
  if (plan.task === "predict") {
    await maskedScoring(machine, {
      plan: scoringPlanOf(plan, rows.test, width),
      inputs,
      saved: {},
      onRows: (done) => onProgress?.(done, rows.test),
    });
    return;
  }
  await maskedTraining(machine, {
    plan: trainingPlanOf(plan, rows, width, hidden?.overlap),
    inputs,
    onProgress: (phase, done, total) => {
      if (phase === "train") onProgress?.(done, total);
    },
  });
}

/**
 * Waits until a party is done. It may take as long as it likes while frames of it pass; without any
 * for that long it is silent.
 */
async function done(seat: Seat, silentMs: number): Promise<void> {
  const relayed = (): number => seat.link.meter.read().received["relay"]?.frames ?? 0;
  for (;;) {
    const before = relayed();
    try {
      await seat.control.receive("done", silentMs);
      return;
    } catch (thrown) {
      const waited = thrown instanceof MoongateError && thrown.code === "PEER_TIMEOUT";
      if (!waited || relayed() === before) throw thrown;
    }
  }
}

async function tellBoth(
  seats: Readonly<Record<Side, Seat>>,
  message: ControlMessage,
): Promise<void> {
  await Promise.all([seats.media.control.send(message), seats.commerce.control.send(message)]);
}
