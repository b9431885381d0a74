import { MoongateError } from "@moongate/errors";
import type { Link } from "@moongate/transport";
import { otherSide, type Side } from "../side.ts";
import { jointDigest, SECRET_BYTES, type SyntheticMasks } from "../synthetic-masks.ts";

/** Between the parties: a commitment. From a party to the dealer: the key of its masks. */
const COMMITMENT = "commit";
const MASK_KEY = "maskkey";

interface Waiting {
  readonly timeoutMs?: number | undefined;
}

/**
 * A party's part in agreeing on the masks of a repeatable step; one round.
 * 1. Exchange commitments to what enters, in the inner channel.
 * 2. Derive this party's mask key from the digest of both, and give it to the dealer.
 * @returns the mask key.
 */
export async function agreeOnMasks(options: {
  readonly side: Side;
  readonly synthetic: SyntheticMasks;
  readonly context: string;
  readonly parts: readonly Uint8Array[];
  readonly pair: Link;
  readonly dealer: Link;
  readonly waiting: Waiting;
}): Promise<Uint8Array> {
  const { side, synthetic, context, pair, dealer, waiting } = options;
  const own = synthetic.commit(context, options.parts);
  const [theirs] = await Promise.all([
    receiveBytes(pair, COMMITMENT, waiting),
    pair.send(COMMITMENT, own),
  ]);
  pair.meter.countRound();
  const both = { [side]: own, [otherSide(side)]: theirs } as Record<Side, Uint8Array>;
  const key = synthetic.key(jointDigest(context, both));
  await dealer.send(MASK_KEY, key);
  return key;
}

/** The dealer's part: the mask key that a party sends. */
export const receiveMaskKey = (party: Link, waiting: Waiting): Promise<Uint8Array> =>
  receiveBytes(party, MASK_KEY, waiting);

async function receiveBytes(link: Link, kind: string, waiting: Waiting): Promise<Uint8Array> {
  const bytes = await link.receive(kind, waiting);
  if (bytes.length === SECRET_BYTES) return bytes;
  throw new MoongateError(
    "FRAME_INVALID",
    `a frame of kind ${kind} has ${bytes.length} bytes, not ${SECRET_BYTES}`,
    { details: { kind, field: "length" } },
  );
}
