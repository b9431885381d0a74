import { keystream, sha256 } from "@moongate/crypto";
import { at } from "@moongate/errors";

/**
 * Repeatable randomness of local training: AES-256-CTR keyed with the hash of a label. Nothing
 * secret comes from it.
 */
type Uniform = () => number;

const CHUNK_BYTES = 1 << 14;

/** Uniform numbers in [0, 1) of 32 bits. */
export function uniforms(label: string): Uniform {
  const stream = keystream(sha256(`moongate/1 learning ${label}`), new Uint8Array(16));
  const chunk = new Uint8Array(CHUNK_BYTES);
  const words = new DataView(chunk.buffer);
  let offset = CHUNK_BYTES;
  return () => {
    if (offset >= CHUNK_BYTES) {
      stream.fill(chunk);
      offset = 0;
    }
    offset += 4;
    return words.getUint32(offset - 4, true) / 2 ** 32;
  };
}

/** Standard normal numbers (Box and Muller 1958). */
export function normals(label: string, length: number): Float64Array {
  const next = uniforms(label);
  return Float64Array.from({ length }, () => {
    const radius = Math.sqrt(-2 * Math.log(1 - next()));
    return radius * Math.cos(2 * Math.PI * next());
  });
}

/** 0..length−1 in random order (Fisher–Yates). */
export function permutation(label: string, length: number): Uint32Array {
  const next = uniforms(label);
  const order = Uint32Array.from({ length }, (_, index) => index);
  for (let i = length - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1));
    const swapped = at(order, i);
    order[i] = at(order, j);
    order[j] = swapped;
  }
  return order;
}
