import { createCipheriv, createHash } from "node:crypto";

/** Uniform numbers in [0, 1). */
export type Uniform = () => number;

const CHUNK = new Uint8Array(1 << 14);

/** An attack's repeatable randomness: AES-256-CTR keyed with the hash of a label; nothing secret. */
export function uniforms(label: string): Uniform {
  const key = createHash("sha256").update(`moongate/1 attack ${label}`).digest();
  const cipher = createCipheriv("aes-256-ctr", key, Buffer.alloc(16));
  let words = Buffer.alloc(0);
  let offset = 0;
  return () => {
    if (offset >= words.length) [words, offset] = [cipher.update(CHUNK), 0];
    offset += 4;
    return words.readUInt32LE(offset - 4) / 2 ** 32;
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
    const swapped = order[i] ?? 0;
    order[i] = order[j] ?? 0;
    order[j] = swapped;
  }
  return order;
}
