import { createHmac } from "node:crypto";
import { MoongateError } from "@moongate/errors";
import { REPEAT_CURE } from "./covered.ts";
import { derived } from "./key.ts";

/** Of HMAC-SHA256, for each frame. */
const TAG_BYTES = 16;

/**
 * Every frame a party sends in a split training, as a tag under its noise key. In a repeat each
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

  /** Before the frame is sent. @throws MoongateError REPEAT_MISMATCH */
  add(kind: string, payload: Uint8Array): void {
    const at = this.#tags.length;
    const tag = createHmac("sha256", this.#key)
      .update(`${at} ${kind}\n`)
      .update(payload)
      .digest()
      .subarray(0, TAG_BYTES);
    const then = this.#then?.subarray(at * TAG_BYTES, (at + 1) * TAG_BYTES);
    if (then !== undefined && !tag.equals(then)) {
      const cause = `frame ${at} (${kind}) is not the one that the run of this noise key sent`;
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
