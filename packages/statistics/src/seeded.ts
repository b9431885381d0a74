import { at } from "@moongate/errors";
import { keystream, sha256 } from "@moongate/crypto";

/** Uniform numbers in [0, 1). */
export type Uniform = () => number;

const CHUNK = 1 << 14;

/** An attack's repeatable randomness: AES-256-CTR keyed with the hash of a label; nothing secret. */
export function uniforms(label: string): Uniform {
  const stream = keystream(sha256(`moongate/1 attack ${label}`));
  const bytes = new Uint8Array(CHUNK);
  const words = new DataView(bytes.buffer);
  let offset = CHUNK;
  return () => {
    if (offset === CHUNK) {
      stream.fill(bytes);
      offset = 0;
    }
    offset += 4;
    return words.getUint32(offset - 4, true) / 2 ** 32;
  };
}

/** Standard normal numbers (Box and Muller 1958). */
export function normals(next: Uniform, length: number): Float64Array {
  return Float64Array.from({ length }, () => {
    const radius = Math.sqrt(-2 * Math.log(1 - next()));
    return radius * Math.cos(2 * Math.PI * next());
  });
}

/** 0..length−1 in random order (Fisher–Yates). */
export function permutation(next: Uniform, length: number): Uint32Array {
  const order = Uint32Array.from({ length }, (_, index) => index);
  for (let i = length - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1));
    const swapped = at(order, i);
    order[i] = at(order, j);
    order[j] = swapped;
  }
  return order;
}
