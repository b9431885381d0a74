import { createHmac } from "node:crypto";
import { MoongateError } from "@moongate/errors";
import { REPEAT_CURE } from "./noise-fingerprint.ts";
import { derived } from "./key.ts";

/** Length of a frame's tag, the first bytes of its HMAC-SHA256. */
const TAG_BYTES = 16;

/**
 * A tag under the noise key for every frame a party sends in a split training. In a repeat each
 * frame must be the one that was sent then, so that a repeat releases nothing that was not released
 * before: what a party sends depends on what it received, too, and the other may have changed its
 * table, or lie.
 */
export class SentFrames {
  readonly #key: Uint8Array;
  readonly #then: Uint8Array | undefined;
  readonly #tags: Buffer[] = [];

  /** @param then the tags of the run that is repeated. */
  constructor(key: Uint8Array, then?: Uint8Array) {
    this.#key = derived(key, "sent frames");
    this.#then = then;
  }

  /** Tags a frame before it is sent. @throws MoongateError REPEAT_MISMATCH */
  add(kind: string, payload: Uint8Array): void {
    const position = this.#tags.length;
    const tag = createHmac("sha256", this.#key)
      .update(`${position} ${kind}\n`)
      .update(payload)
      .digest()
      .subarray(0, TAG_BYTES);
    const then = this.#then?.subarray(position * TAG_BYTES, (position + 1) * TAG_BYTES);
    if (then !== undefined && !tag.equals(then)) {
      const cause = `frame ${position} (${kind}) is not the one that the run of this noise key sent`;
      throw new MoongateError("REPEAT_MISMATCH", cause, {
        cure: `${REPEAT_CURE} Another engine of TensorFlow.js rounds otherwise.`,
      });
    }
    this.#tags.push(tag);
  }

  /** 16 bytes a frame, in the order of sending. */
  get tags(): Uint8Array {
    return Uint8Array.from(Buffer.concat(this.#tags));
  }
}
