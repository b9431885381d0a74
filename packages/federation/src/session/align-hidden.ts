import { alignHidden, normaliseIds, splitRows } from "@moongate/alignment";
import { MoongateError } from "@moongate/errors";
import type { SessionPlan } from "@moongate/messages";
import { type JointArrangement, ownArrangement } from "../joint-rows.ts";
import { hiddenLines } from "../ledger.ts";
import type { SessionOptions } from "../options.ts";
import { FEWEST_ALIGNED, orderKeyOf, requireEnough, requirePartitions } from "./alignment-rules.ts";
import type { Channel } from "./channel.ts";
import type { Connected } from "./connect.ts";
import type { Session } from "./session.ts";

const TEST = 2;

/**
 * Hidden alignment: a slot for each own row, and not which of them the other party has.
 *
 * 1. Training, validation and test rows by a keyed hash of the id; new rows are all of one part.
 * 2. A slot for each row, from the coordinator, and about how many slots both have a row in.
 *
 * The parties cannot compare what they hold, as they do with other methods: that would tell who is
 * common. A coordinator that assigns slots wrongly trains a useless model, and is not found out.
 * @throws MoongateError ALIGNMENT_TOO_SMALL for tables that cannot have enough users in common: by
 *   public numbers alone, so that the ending says nothing of who is common.
 */
export async function alignSlots(
  session: Session<SessionOptions>,
  { outer, control }: Connected,
  plan: SessionPlan,
  { inner, pairKey, peerRows }: Channel,
): Promise<JointArrangement> {
  const { options, role, timeouts, ledger, progress } = session;
  const ids = normaliseIds(options.data.ids, plan.alignment.idRule);
  requireTable(role, ids.length);
  requireTable(inner.peer, peerRows);
  const parts =
    plan.task === "train"
      ? await splitRows({ ids, key: orderKeyOf(plan), fractions: plan.split })
      : new Uint8Array(ids.length).fill(TEST);
  const { timeoutMs, onProgress } = {
    timeoutMs: timeouts.workMs,
    onProgress: (done: number, total: number): void => {
      progress.step(done, total);
    },
  };
  const slots = await alignHidden({ link: outer, ids, parts, pairKey, timeoutMs, onProgress });
  const { rows, overlap } = await control.receive("slots", timeouts.workMs);
  const { order, train, validation, test } = slots;
  if (rows.train !== train || rows.validation !== validation || rows.test !== test) {
    throw new MoongateError("MESSAGE_INVALID", '"rows": the coordinator counted other slots');
  }
  const both = ids.length + peerRows;
  const padded = plan.alignment.slots !== "union";
  if (padded ? order.length !== both : order.length > both) {
    throw new MoongateError("MESSAGE_INVALID", '"rows": there are more or fewer slots than rows');
  }
  for (const line of hiddenLines(plan, { slots: order.length, overlap, padded })) ledger.add(line);
  // The number of slots of a bare union tells how many are common: then so may the ending.
  if (!padded) requireEnough(both - order.length);
  if (plan.task === "train") requirePartitions(ownArrangement(slots));
  return { ...slots, overlap };
}

function requireTable(whose: string, rows: number): void {
  if (rows >= FEWEST_ALIGNED) return;
  throw new MoongateError(
    "ALIGNMENT_TOO_SMALL",
    `${whose} has ${rows} users, and ${FEWEST_ALIGNED} in common are the least`,
  );
}
