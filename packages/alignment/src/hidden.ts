import { at, MoongateError } from "@moongate/errors";
import { PARTS } from "./arrange.ts";
import { type KeyedOptions, sendTags } from "./keyed.ts";
import { DEFAULT_TIMEOUT_MS, receiveRecords, type RecordFormat } from "./records.ts";
import { randomPermutation, systemRandom } from "./shuffle.ts";

/**
 * Slots of a party's tags, back to it: first the number of slots of the part, then one slot for each
 * tag in the order it was sent. Frames of 1 MiB.
 */
export const SLOTS: RecordFormat = { kind: "psislot", width: 4, perFrame: 2 ** 18 };

/** The entry, in an order of slots, of a slot that the party has no row in. */
export const NO_ROW = 2 ** 32 - 1;

export interface HiddenOptions extends Omit<KeyedOptions, "orderKey"> {
  /** What each row is for, as an index of PARTS: `splitRows` assigns it. */
  readonly parts: Uint8Array;
}

/** A party's rows in the slots of a union: training slots, then validation, then test. */
export interface SlotArrangement {
  /** The own row number (from 0) of each slot, or NO_ROW. */
  readonly order: Uint32Array;
  /** How many slots of `order` each part has. */
  readonly train: number;
  readonly validation: number;
  readonly test: number;
}

/**
 * A party's side of hidden alignment: it learns a slot for each of its rows, and not which of its
 * users the other party has.
 *
 * 1. tag(id) as in `alignKeyed`. Send the tags of training, validation and test rows as three lists,
 *    each in a fresh random order.
 * 2. Receive for each list the number of its slots, and the slot of every tag.
 *
 * The slots are in a random order that only the coordinator knows, which assigned a common user one
 * slot at both parties (see `assignSlots`).
 * @throws MoongateError FRAME_INVALID, FRAME_TOO_LARGE, MESSAGE_INVALID, PEER_TIMEOUT, or what
 *   ended the link.
 */
export async function alignHidden(options: HiddenOptions): Promise<SlotArrangement> {
  const { link, parts, timeoutMs = DEFAULT_TIMEOUT_MS, random = systemRandom } = options;
  const sent = PARTS.map((_, part) => {
    const rows = Uint32Array.from(parts.keys()).filter((row) => parts[row] === part);
    return randomPermutation(rows.length, random).map((index) => at(rows, index));
  });
  for (const rows of sent) await sendTags(options, rows);
  const orders: Uint32Array[] = [];
  for (const rows of sent) {
    const limits = { timeoutMs, maxRecords: rows.length + 1, exactly: true } as const;
    const reply = await receiveRecords(link, SLOTS, { ...limits, from: "coordinator" });
    orders.push(orderOf(reply, rows));
  }
  const [train = 0, validation = 0, test = 0] = orders.map(({ length }) => length);
  const order = new Uint32Array(train + validation + test);
  let next = 0;
  for (const each of orders) {
    order.set(each, next);
    next += each.length;
  }
  return { order, train, validation, test };
}

/** The most slots of a part for each of a party's rows and the other's: a bound on what is believed. */
const MOST_SLOTS = 2 ** 25;

/** Rows by slot, from the reply to the tags of `sent`. */
function orderOf(reply: Uint8Array, sent: Uint32Array): Uint32Array {
  const view = new DataView(reply.buffer, reply.byteOffset, reply.byteLength);
  const count = view.getUint32(0, true);
  if (count < sent.length || count > MOST_SLOTS) throw wrong("count", "too few or too many slots");
  const order = new Uint32Array(count).fill(NO_ROW);
  sent.forEach((row, at) => {
    const slot = view.getUint32(4 * (at + 1), true);
    if (slot >= count) throw wrong("slot", "a slot that is not there");
    if (order[slot] !== NO_ROW) throw wrong("slot", "a slot twice");
    order[slot] = row;
  });
  return order;
}

function wrong(field: string, fault: string): MoongateError {
  return new MoongateError("MESSAGE_INVALID", `the coordinator returned ${fault}`, {
    details: { kind: SLOTS.kind, field },
  });
}
