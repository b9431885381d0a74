import { concat } from "@moongate/crypto";
import { MoongateError } from "@moongate/errors";
import type { Link } from "@moongate/transport/ports";
import { otherSide, type Side } from "../side.ts";
import {
  jointDigest,
  ROW_TAG_BYTES,
  SECRET_BYTES,
  type SyntheticMasks,
} from "../synthetic-masks.ts";

/** The kind of a commitment between the parties, and of the key of its masks to the dealer. */
const COMMITMENT = "commit";
const MASK_KEY = "maskkey";

/** How long to wait for a frame. */
export interface Waiting {
  readonly timeoutMs?: number | undefined;
}

interface Agreement {
  readonly side: Side;
  readonly synthetic: SyntheticMasks;
  readonly context: string;
  readonly parts: readonly Uint8Array[];
  /** The rows to score, every one of which commerce commits to as well; absent in a training. */
  readonly rows?:
    | {
        readonly count: number;
        /** Commerce's rows as they enter, one after the other. */
        readonly own: Uint8Array;
        /** Media's say, once it has commerce's row commitments. @throws what it does not agree to */
        readonly admit?: ((tags: Uint8Array) => Promise<void>) | undefined;
      }
    | undefined;
  readonly pair: Link;
  readonly waiting: Waiting;
}

/**
 * A party's part in agreeing on the masks of a repeatable step; one round.
 * 1. Exchange commitments to what enters, in the inner channel.
 * 2. Derive this party's mask key from the digest of both, and give it to the dealer.
 * @returns the mask key.
 */
export async function agreeOnMasks(
  agreement: Agreement & { readonly dealer: Link },
): Promise<Uint8Array> {
  const { synthetic, dealer } = agreement;
  const key = synthetic.key(await agreeOnDigest(agreement));
  await giveMaskKey(dealer, key);
  return key;
}

/** Step 1 alone. @returns the digest of both commitments. */
export async function agreeOnDigest(agreement: Agreement): Promise<Uint8Array> {
  const { side, synthetic, context, rows, pair, waiting } = agreement;
  const [own, tags] = [synthetic.commit(context, agreement.parts), new Uint8Array()];
  const ownTags =
    rows !== undefined && side === "commerce" ? synthetic.commitRows(rows.count, rows.own) : tags;
  const theirTags = rows !== undefined && side === "media" ? rows.count * ROW_TAG_BYTES : 0;
  const [theirs] = await Promise.all([
    receiveBytes(pair, COMMITMENT, waiting, SECRET_BYTES + theirTags),
    pair.send(COMMITMENT, own, ownTags),
  ]);
  pair.meter.countRound();
  if (theirTags > 0) await rows?.admit?.(theirs.subarray(SECRET_BYTES));
  const said = concat(own, ownTags);
  const both = { [side]: said, [otherSide(side)]: theirs } as Record<Side, Uint8Array>;
  return jointDigest(context, both);
}

/** A party's part: the key of its masks, for the dealer alone. */
export const giveMaskKey = (dealer: Link, key: Uint8Array): Promise<void> =>
  dealer.send(MASK_KEY, key);

/** The dealer's part: the mask key that a party sends. */
export const receiveMaskKey = (party: Link, waiting: Waiting): Promise<Uint8Array> =>
  receiveBytes(party, MASK_KEY, waiting);

/** A frame of that kind and length. @throws FRAME_INVALID */
export async function receiveBytes(
  link: Link,
  kind: string,
  waiting: Waiting,
  length = SECRET_BYTES,
): Promise<Uint8Array> {
  const bytes = await link.receive(kind, waiting);
  if (bytes.length === length) return bytes;
  throw new MoongateError(
    "FRAME_INVALID",
    `a frame of kind ${kind} has ${bytes.length} bytes, not ${length}`,
    { details: { kind, field: "length" } },
  );
}
