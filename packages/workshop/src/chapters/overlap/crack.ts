import { at } from "@moongate/errors";
import { alignKeyed, intersectTags, normaliseId } from "@moongate/alignment";
import { hmac, macKey, randomBytes, sha256, toHex, utf8 } from "@moongate/crypto";
import { intercept, nextTurn, PortLink } from "@moongate/transport/ports";

/** The part of a number that is not known: everybody knows the operator's prefix. */
const UNKNOWN_DIGITS = 5;
const PREFIX = "138001";
export const CANDIDATES = 10 ** UNKNOWN_DIGITS;

const numberOf = (rest: number): string =>
  normaliseId(`${PREFIX}${String(rest).padStart(UNKNOWN_DIGITS, "0")}`, "phone");

/** Customers of the two platforms: made-up numbers, half of them shared. */
export const CUSTOMERS = {
  media: [2718, 31415, 16180, 14142, 57721, 69314].map(numberOf),
  commerce: [14142, 57721, 69314, 26535, 90210, 44721].map(numberOf),
} as const;

/** SHA-256 of every number, as a platform that means well might send them. */
export const plainHashes = (ids: readonly string[]): string[] => ids.map((id) => toHex(sha256(id)));

/** What the coordinator receives of both, and returns, in a real keyed alignment. */
export interface Keyed {
  /** The tags of media's list, in the order in which they crossed. */
  readonly tags: readonly string[];
  /** Rows of media's list that are shared, as media learns them. */
  readonly shared: readonly string[];
  readonly sizes: Awaited<ReturnType<typeof intersectTags>>;
}

/** Aligns the two lists with the protocol's own code, and keeps the frames that media sent. */
export async function alignHere(): Promise<Keyed> {
  const [media, commerce] = [new MessageChannel(), new MessageChannel()];
  const secret = randomBytes(32);
  const link = (port: MessagePort, peer: string) => new PortLink(port, { peer, secret });
  const tags: string[] = [];
  const tapped = intercept(link(media.port1, "coordinator"), {
    onSend: ({ kind, payload }) => {
      if (kind === "psitag" && payload.length > 8) {
        for (let from = 0; from < payload.length; from += 16) {
          tags.push(toHex(payload.subarray(from, from + 16)));
        }
      }
      return undefined;
    },
  });
  const common = { pairKey: randomBytes(32), orderKey: utf8("workshop") };
  const [rows, , sizes] = await Promise.all([
    alignKeyed({ ...common, link: tapped, ids: CUSTOMERS.media }),
    alignKeyed({ ...common, link: link(commerce.port1, "coordinator"), ids: CUSTOMERS.commerce }),
    intersectTags({
      media: link(media.port2, "media"),
      commerce: link(commerce.port2, "commerce"),
    }),
  ]);
  const shared = Array.from(rows, (row) => at(CUSTOMERS.media, row));
  return { tags, shared, sizes };
}

/** One attempt's outcome so far. */
export interface Cracked {
  readonly tried: number;
  /** Found numbers by what was seen. */
  readonly found: ReadonlyMap<string, string>;
}

const A_TURN = 4000;

/** Tries every number that there can be, with the hash that the attacker can compute. */
export async function crack(
  seen: readonly string[],
  guess: (id: string) => string,
  onProgress: (cracked: Cracked) => void,
): Promise<Cracked> {
  const wanted = new Set(seen);
  const found = new Map<string, string>();
  for (let rest = 0; rest < CANDIDATES; rest++) {
    const id = numberOf(rest);
    const hash = guess(id);
    if (wanted.has(hash)) found.set(hash, id);
    if (rest % A_TURN === A_TURN - 1) {
      onProgress({ tried: rest + 1, found: new Map(found) });
      await nextTurn();
    }
  }
  return { tried: CANDIDATES, found };
}

export const plainGuess = (id: string): string => toHex(sha256(id));

/** The coordinator does not have the pair key: a guessed one is all it can try. */
export function keyedGuess(): (id: string) => string {
  const key = macKey(randomBytes(32));
  return (id) => toHex(hmac(key, id).subarray(0, 16));
}
