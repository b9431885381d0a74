import type { Link } from "@moongate/transport/ports";
import { intersect } from "./intersect.ts";
import { POSITIONS, TAGS } from "./keyed.ts";
import { DEFAULT_TIMEOUT_MS, MAX_IDS, receiveRecords, sendRecords } from "./records.ts";

/** What the coordinator learns. */
export interface IntersectionSizes {
  readonly media: number;
  readonly commerce: number;
  readonly matched: number;
}

/**
 * The coordinator's side of the keyed method: it compares tags that it cannot compute.
 *
 * 1. Receive the tags of both parties.
 * 2. Intersect them.
 * 3. Return to each party the positions of the common tags in its own list.
 *
 * The positions are those of lists that their senders shuffled, so they say nothing about rows.
 * @param options the links to the two parties; `maxIds` a party (2^24 if absent: 256 MiB of tags).
 * @throws MoongateError FRAME_INVALID, FRAME_TOO_LARGE, MESSAGE_INVALID for a tag sent twice,
 *   PEER_TIMEOUT, or what ended a link.
 */
export async function intersectTags(options: {
  readonly media: Link;
  readonly commerce: Link;
  readonly timeoutMs?: number | undefined;
  readonly maxIds?: number | undefined;
}): Promise<IntersectionSizes> {
  const { timeoutMs = DEFAULT_TIMEOUT_MS, maxIds: maxRecords = MAX_IDS } = options;
  const tagsOf = (link: Link): Promise<Uint8Array> =>
    receiveRecords(link, TAGS, { timeoutMs, maxRecords, from: "party" });
  const [media, commerce] = await Promise.all([tagsOf(options.media), tagsOf(options.commerce)]);
  const common = intersect(media, commerce);
  await Promise.all([
    sendRecords(options.media, POSITIONS, bytesOf(common.left), "coordinator"),
    sendRecords(options.commerce, POSITIONS, bytesOf(common.right), "coordinator"),
  ]);
  return {
    media: media.length / TAGS.width,
    commerce: commerce.length / TAGS.width,
    matched: common.left.length,
  };
}

/** 32-bit little endian, whatever the machine is. */
export function bytesOf(positions: Uint32Array): Uint8Array {
  const bytes = new Uint8Array(positions.length * 4);
  const view = new DataView(bytes.buffer);
  positions.forEach((position, at) => {
    view.setUint32(at * 4, position, true);
  });
  return bytes;
}
