import { randomBytes } from "@moongate/crypto";
import { MoongateError } from "@moongate/errors";
import { TAG_BYTES } from "./hash.ts";

/** Positions of the common tags in each list; entry i of both is the same tag. */
export interface Intersection {
  readonly left: Uint32Array;
  readonly right: Uint32Array;
}

/** A view of 16-byte tags as four 32-bit words each. */
const WORDS = TAG_BYTES / 4;

/**
 * The intersection of two lists of 16-byte tags, ascending by position in `right`. One
 * open-addressing table of 4 to 8 bytes a slot on typed arrays: no string and no object a tag.
 * The slots come from random multipliers, so nobody can choose tags that all fall together.
 * @throws MoongateError MESSAGE_INVALID when a tag appears twice in one list.
 */
export function intersect(left: Uint8Array, right: Uint8Array): Intersection {
  const hash = slotHash(Math.max(left.length, right.length) / TAG_BYTES);
  const rightTable = new TagTable(right, hash); // refuses duplicates on the right
  const leftTable = new TagTable(left, hash);
  const capacity = Math.min(leftTable.count, rightTable.count);
  const found = { left: new Uint32Array(capacity), right: new Uint32Array(capacity) };
  let matched = 0;
  for (let position = 0; position < rightTable.count; position++) {
    const other = leftTable.find(rightTable.words, position);
    if (other === undefined) continue;
    found.left[matched] = other;
    found.right[matched] = position;
    matched += 1;
  }
  return { left: found.left.slice(0, matched), right: found.right.slice(0, matched) };
}

interface SlotHash {
  readonly slots: number;
  readonly slotOf: (words: Uint32Array, position: number) => number;
}

function slotHash(tags: number): SlotHash {
  const bits = Math.max(4, Math.ceil(Math.log2(2 * tags + 1)));
  const [a = 1, b = 1, c = 1, d = 1] = new Uint32Array(randomBytes(16).slice().buffer);
  const slotOf = (words: Uint32Array, position: number): number => {
    const at = position * WORDS;
    const sum =
      Math.imul(words[at] ?? 0, a | 1) +
      Math.imul(words[at + 1] ?? 0, b | 1) +
      Math.imul(words[at + 2] ?? 0, c | 1) +
      Math.imul(words[at + 3] ?? 0, d | 1);
    return (sum >>> 0) >>> (32 - bits);
  };
  return { slots: 2 ** bits, slotOf };
}

class TagTable {
  readonly words: Uint32Array;
  readonly count: number;
  /** Position + 1 of the tag in each slot; 0 marks a free slot. */
  readonly #slots: Uint32Array;
  readonly #hash: SlotHash;

  constructor(tags: Uint8Array, hash: SlotHash) {
    this.words = wordsOf(tags);
    this.count = this.words.length / WORDS;
    this.#hash = hash;
    this.#slots = new Uint32Array(hash.slots);
    for (let position = 0; position < this.count; position++) this.#insert(position);
  }

  find(words: Uint32Array, position: number): number | undefined {
    const mask = this.#slots.length - 1;
    for (let slot = this.#hash.slotOf(words, position); ; slot = (slot + 1) & mask) {
      const held = this.#slots[slot] ?? 0;
      if (held === 0) return undefined;
      if (sameTag(this.words, held - 1, words, position)) return held - 1;
    }
  }

  #insert(position: number): void {
    const mask = this.#slots.length - 1;
    let slot = this.#hash.slotOf(this.words, position);
    for (let held = this.#slots[slot] ?? 0; held !== 0; held = this.#slots[slot] ?? 0) {
      if (sameTag(this.words, held - 1, this.words, position)) {
        throw new MoongateError("MESSAGE_INVALID", "a list of tags holds the same tag twice", {
          details: { field: "tags" },
        });
      }
      slot = (slot + 1) & mask;
    }
    this.#slots[slot] = position + 1;
  }
}

function sameTag(a: Uint32Array, atA: number, b: Uint32Array, atB: number): boolean {
  for (let word = 0; word < WORDS; word++) {
    if (a[atA * WORDS + word] !== b[atB * WORDS + word]) return false;
  }
  return true;
}

function wordsOf(tags: Uint8Array): Uint32Array {
  const aligned = tags.byteOffset % 4 === 0 ? tags : tags.slice();
  return new Uint32Array(aligned.buffer, aligned.byteOffset, tags.length / 4);
}
