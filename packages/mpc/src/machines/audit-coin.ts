import { equalBytes, hmac, macKey, randomBytes, sha256 } from "@moongate/crypto";
import { MoongateError } from "@moongate/errors";
import type { Link } from "@moongate/transport/ports";
import { otherSide, type Side } from "../side.ts";
import { receiveBytes, type Waiting } from "./repeatable.ts";

const COIN = "coin";
const BYTES = 32;

/** Says whether a dealing of a step is opened and replayed; the dealer cannot know beforehand. */
export type Coin = (step: number, dealing: number) => boolean;

/**
 * Coins for a whole session, which neither party can choose; two rounds in the inner channel.
 * 1. Each draws 32 bytes and sends a hash of them.
 * 2. Each sends the bytes, and holds the other's against the hash.
 * 3. A coin is a function of both parties' bytes, of step and dealing; heads with probability `rate`.
 *
 * One toss is enough for all: the dealer does not read the inner channel. A party that tells it the
 * coins defeats the audit, as a party that colludes with the dealer defeats all else.
 * @throws FRAME_INVALID for bytes of another hash.
 */
export async function tossCoins(
  side: Side,
  pair: Link,
  rate: number,
  waiting: Waiting,
): Promise<Coin> {
  const them = otherSide(side);
  const hashOf = (whose: Side, bytes: Uint8Array): Uint8Array =>
    sha256(`moongate/1 coin of ${whose}`, bytes);
  const own = randomBytes(BYTES);
  const [hash] = await Promise.all([
    receiveBytes(pair, COIN, waiting),
    pair.send(COIN, hashOf(side, own)),
  ]);
  pair.meter.countRound();
  const [theirs] = await Promise.all([receiveBytes(pair, COIN, waiting), pair.send(COIN, own)]);
  pair.meter.countRound();
  if (!equalBytes(hash, hashOf(them, theirs))) {
    throw new MoongateError("FRAME_INVALID", `${them} revealed another coin than it had chosen`);
  }
  const both = side === "media" ? [own, theirs] : [theirs, own];
  const key = macKey(sha256("moongate/1 audit coins", ...both));
  return (step, dealing) => {
    const tag = hmac(key, JSON.stringify([step, dealing]));
    return new DataView(tag.buffer, tag.byteOffset).getUint32(0) / 2 ** 32 < rate;
  };
}
