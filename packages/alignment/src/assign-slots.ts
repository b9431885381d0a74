import { at } from "@moongate/errors";
import type { Link } from "@moongate/transport/ports";
import { type PartitionPart, PARTS } from "./arrange.ts";
import { bytesOf } from "./coordinator.ts";
import { SLOTS } from "./hidden.ts";
import { intersect } from "./intersect.ts";
import { TAGS } from "./keyed.ts";
import { DEFAULT_TIMEOUT_MS, MAX_IDS, receiveRecords, sendRecords } from "./records.ts";
import { randomPermutation, type RandomSource, systemRandom } from "./shuffle.ts";

/** What the coordinator knows of a hidden alignment, and nobody else. */
export interface AssignedSlots {
  /** Slots of each part. */
  readonly slots: Readonly<Record<PartitionPart, number>>;
  /** Flags by slot (training, validation, test): 1 where that party has a row. */
  readonly owners: Readonly<Record<"media" | "commerce", Uint8Array>>;
  /** Slots of each part that both have a row in. */
  readonly matched: Readonly<Record<PartitionPart, number>>;
}

/**
 * The coordinator's side of hidden alignment.
 *
 * 1. Receive both parties' tags, a list for each part.
 * 2. Intersect the lists of each part.
 * 3. Put the common tags, those of one party alone, and nobody's padding into the slots of the part
 *    in a fresh random order. A common tag is one slot.
 * 4. Tell each party the number of slots, and the slot of each of its own tags.
 *
 * A party's slots are a uniformly random choice among all, whatever the other party has: padded,
 * their number is the sum of both parties' rows, so a reply says nothing about the other's ids. As a
 * bare union, the number of slots tells the number of common users.
 * @throws MoongateError as `intersectTags`
 */
export async function assignSlots(options: {
  readonly media: Link;
  readonly commerce: Link;
  /** True for as many slots as both tables have rows, false for as many as their union has. */
  readonly padded: boolean;
  readonly timeoutMs?: number | undefined;
  readonly maxIds?: number | undefined;
  readonly random?: RandomSource | undefined;
}): Promise<AssignedSlots> {
  const { timeoutMs = DEFAULT_TIMEOUT_MS, maxIds: maxRecords = MAX_IDS } = options;
  const listsOf = async (link: Link): Promise<Uint8Array[]> => {
    const lists: Uint8Array[] = [];
    while (lists.length < PARTS.length) {
      lists.push(await receiveRecords(link, TAGS, { timeoutMs, maxRecords, from: "party" }));
    }
    return lists;
  };
  const [media, commerce] = await Promise.all([listsOf(options.media), listsOf(options.commerce)]);
  const none = new Uint8Array();
  const parts = PARTS.map((_, part) =>
    slotsOf(media[part] ?? none, commerce[part] ?? none, options.padded, options.random),
  );
  const tell = async (link: Link, side: "media" | "commerce"): Promise<void> => {
    for (const { count, ...slots } of parts) {
      const reply = new Uint32Array(slots[side].length + 1);
      reply[0] = count;
      reply.set(slots[side], 1);
      await sendRecords(link, SLOTS, bytesOf(reply), "coordinator");
    }
  };
  await Promise.all([tell(options.media, "media"), tell(options.commerce, "commerce")]);
  const counted = (of: (part: PartSlots) => number): Record<PartitionPart, number> => {
    const [train = 0, validation = 0, test = 0] = parts.map(of);
    return { train, validation, test };
  };
  return {
    slots: counted(({ count }) => count),
    owners: { media: ownersOf(parts, "media"), commerce: ownersOf(parts, "commerce") },
    matched: counted(({ matched }) => matched),
  };
}

interface PartSlots {
  readonly count: number;
  /** The slot of each tag, in the order of its list. */
  readonly media: Uint32Array;
  readonly commerce: Uint32Array;
  readonly matched: number;
}

function slotsOf(
  mediaTags: Uint8Array,
  commerceTags: Uint8Array,
  padded: boolean,
  random: RandomSource = systemRandom,
): PartSlots {
  const common = intersect(mediaTags, commerceTags);
  const sizes = {
    media: mediaTags.length / TAGS.width,
    commerce: commerceTags.length / TAGS.width,
  };
  const matched = common.left.length;
  const count = sizes.media + sizes.commerce - (padded ? 0 : matched);
  const order = randomPermutation(count, random);
  let next = matched;
  const assigned = (size: number, ofCommon: Uint32Array): Uint32Array => {
    const slots = new Uint32Array(size);
    const isCommon = new Uint8Array(size);
    ofCommon.forEach((position, index) => {
      slots[position] = at(order, index);
      isCommon[position] = 1;
    });
    for (let position = 0; position < size; position++) {
      if (isCommon[position] === 0) slots[position] = at(order, next++);
    }
    return slots;
  };
  return {
    count,
    media: assigned(sizes.media, common.left),
    commerce: assigned(sizes.commerce, common.right),
    matched,
  };
}

function ownersOf(parts: readonly PartSlots[], side: "media" | "commerce"): Uint8Array {
  const owners = new Uint8Array(parts.reduce((sum, { count }) => sum + count, 0));
  let first = 0;
  for (const part of parts) {
    for (const slot of part[side]) owners[first + slot] = 1;
    first += part.count;
  }
  return owners;
}
