import { equalBytes, macKey, sha256, startHmac, utf8 } from "@moongate/crypto";
import { MoongateError } from "@moongate/errors";
import type { Shared } from "../values.ts";

/** The name under which a seal is kept beside the values it seals. */
export const SEAL = "seal";
/** Words of a kept seal: the digest that its masks are derived of, then the pledge. */
export const SEAL_SHAPE = { rows: 8, cols: 1, scale: 0 } as const;

/** The step of sealing that shares values anew: part of its masks' labels. */
export const SEALING_STEP = 1;

/** Dealer to media: SHA-256 of what commerce must use or open. */
export const PLEDGE = "pledge";
/** Each party to the other: SHA-256 of all that both opened while they sealed. */
export const AGREED = "agreed";

export type SharedValues = Readonly<Record<string, Shared>>;

/** A value whose share at commerce is a mask that the dealer can derive: see `Seal`. */
export interface Sealed extends Shared {
  readonly sealed?: true;
}

/**
 * The seal of a model: a check on a commerce that computes with another share than it has.
 *
 * At the end of training:
 * 1. Both parties commit to their shares; each derives the key of its masks ρ from the digest, and
 *    gives it to the dealer, as in every repeatable step.
 * 2. Each value V is opened as V + ρ, once. From then on media's share is the opened value less its
 *    own mask, and commerce's share is minus its own mask: nothing else.
 * 3. Both compare a hash of all that was opened.
 * 4. The dealer tells media the pledge: the hash of commerce's key. Media keeps it.
 *
 * At every scoring, by whatever dealer:
 * 5. Both give their keys to the dealer again; media compares the pledge with the kept one.
 * 6. Where commerce opens its share under another mask of a dealer's, the dealer knows the opening
 *    word for word, and tells media its hash: SHARE_ALTERED if commerce opened anything else.
 *
 * What it does not check: openings that depend on commerce's rows (they are commerce's to choose,
 * and media counts them), and what commerce did to its shares before they were sealed.
 *
 * Safe because a pledge is a hash of a uniform key of 256 bits, or of words that media receives
 * anyway; and because the masks ρ cover one opening, that of step 2: later they are only derived.
 */
export class Seal {
  readonly digest: Uint8Array;
  readonly pledge: Uint8Array;

  /** @param pledge empty where nothing is checked: at commerce. */
  constructor(digest: Uint8Array, pledge: Uint8Array) {
    this.digest = digest;
    this.pledge = pledge;
  }

  static of(bytes: Uint8Array): Seal {
    return new Seal(bytes.slice(0, 32), bytes.slice(32, 64));
  }

  bytes(): Uint8Array {
    const bytes = new Uint8Array(64);
    bytes.set(this.digest);
    bytes.set(this.pledge, 32);
    return bytes;
  }
}

/** The pledge to a key of masks. */
export const pledgeOf = (key: Uint8Array): Uint8Array => sha256("moongate/1 pledge", key);

/** A hash of what is opened, in order: HMAC-SHA256 under a public key. */
export const openedHash = (): OpenedHash => startHmac(macKey(utf8("moongate/1 opened")));
export type OpenedHash = ReturnType<typeof startHmac>;

/** @throws SHARE_ALTERED: one code, whatever it was that differed. */
export function requireSame(said: Uint8Array, found: Uint8Array, peer: string): void {
  if (equalBytes(said, found)) return;
  throw new MoongateError(
    "SHARE_ALTERED",
    `${peer} did not use its share of the model as it was left by training`,
  );
}

/** The pledge at commerce, which checks nothing. */
export const NO_PLEDGE = new Uint8Array(32);

/** The values as sealed ones. */
export const marked = (values: SharedValues): SharedValues =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]): [string, Sealed] => [
      name,
      { ...value, sealed: true },
    ]),
  );

/** The openings of a round that the dealer's pledge is about. */
export class CheckedOpenings {
  /** The hash of the openings; undefined when there was none. */
  hash: OpenedHash | undefined;

  add(opening: Uint8Array): void {
    this.hash ??= openedHash();
    this.hash.update(opening);
  }
}

/** The names of the values, in the order in which every machine takes them. */
export const namesOf = (values: SharedValues): readonly string[] => Object.keys(values).sort();

/** @throws INTERNAL for a name that is none of them. */
export function valueOf(values: SharedValues, name: string): Shared {
  const value = values[name];
  if (value !== undefined) return value;
  throw new MoongateError("INTERNAL", `there is no value ${name} to seal`);
}
