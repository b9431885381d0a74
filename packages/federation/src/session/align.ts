import {
  alignEcdh,
  alignKeyed,
  arrangeRows,
  confirmOrder,
  normaliseIds,
} from "@moongate/alignment";
import { at, MoongateError } from "@moongate/errors";
import type { Plan, SessionPlan } from "@moongate/messages";
import { alignmentLines } from "../ledger.ts";
import type { JointArrangement } from "../joint-rows.ts";
import type { SessionOptions } from "../options.ts";
import { alignSlots } from "./align-hidden.ts";
import { orderKeyOf, requireAny, requireEnough, requirePartitions } from "./alignment-rules.ts";
import type { Channel } from "./channel.ts";
import type { Connected } from "./connect.ts";
import type { Joined } from "./join.ts";
import type { Session } from "./session.ts";

/**
 * 1. The joint rows in their order.
 * 2. Training, validation and test rows by a keyed hash of the id.
 */
export async function align(
  session: Session,
  connected: Connected,
  { plan }: Joined<Plan>,
  channel: Channel,
): Promise<JointArrangement> {
  if (plan.alignment.method === "hidden") return alignSlots(session, connected, plan, channel);
  const { ids, rows } = await alignIds(session, connected, plan, channel);
  requireEnough(rows.length);
  const arrangement = await arrangeRows(ids, orderKeyOf(plan), plan.split, rows);
  requirePartitions(arrangement);
  return arrangement;
}

/**
 * 1. Private set intersection of the normalised ids, by the plan's method.
 * 2. Both check in their own channel that they hold the same ids in the same order.
 * @returns own normalised ids, and own row numbers of the joint users in the order of a keyed
 *   hash of their ids.
 * @throws MoongateError ALIGNMENT_EMPTY, or what the method throws.
 */
export async function alignIds(
  session: Session<SessionOptions>,
  { outer, control }: Connected,
  plan: SessionPlan,
  { inner, pairKey, peerRows }: Channel,
): Promise<{ readonly ids: readonly string[]; readonly rows: Uint32Array }> {
  const { options, role, timeouts, ledger, progress } = session;
  const { method, idRule } = plan.alignment;
  const ids = normaliseIds(options.data.ids, idRule);
  const orderKey = orderKeyOf(plan);
  const common = {
    ids,
    orderKey,
    timeoutMs: timeouts.workMs,
    onProgress: (done: number, total: number): void => {
      progress.step(done, total);
    },
  };
  let rows: Uint32Array;
  if (method === "keyed") {
    const { decoys } = plan.alignment;
    rows = await alignKeyed({ ...common, link: outer, pairKey, decoys });
    const said = await control.receive("aligned", timeouts.workMs);
    if (said.matched !== rows.length + decoys || said[role] !== ids.length + decoys) {
      throw new MoongateError("MESSAGE_INVALID", '"matched": the coordinator counted other rows');
    }
  } else {
    rows = await alignEcdh({ ...common, link: inner, role, session: plan.session });
  }
  await confirmOrder({ link: inner, pairKey, ids, rows, timeoutMs: timeouts.workMs });

  const sizes = { [role]: ids.length, [inner.peer]: peerRows } as {
    media: number;
    commerce: number;
  };
  const matched = rows.length;
  for (const line of alignmentLines(plan, { ...sizes, matched })) ledger.add(line);
  const doubt = options.data.report?.doubt?.(matched);
  if (doubt !== undefined) options.observer?.({ event: "note", text: doubt });
  requireAny(matched);
  return { ids, rows };
}

/** Users as the masked program tells them apart: by their normalised ids. */
export const usersOf =
  (ids: readonly string[]) =>
  (row: number): string =>
    `id ${at(ids, row)}`;

/** Normalised ids of the joint rows in arranged order, from the ids of the own table. */
export function arrangedIds(
  ids: readonly string[],
  { alignment }: SessionPlan,
  { order }: Pick<JointArrangement, "order">,
): readonly string[] {
  const normalised = normaliseIds(ids, alignment.idRule);
  return Array.from(order, (row) => at(normalised, row));
}
