import { keystream, randomBytes } from "@moongate/crypto";

/** Uniform integers in [0, 2^32), independent of each other. */
export interface RandomWords {
  next(): number;
}

const POOL_BYTES = 1 << 14;

/** From the system's generator, a pool at a time; used bytes are overwritten. */
export const systemWords = (): RandomWords =>
  pooled((pool) => {
    pool.set(randomBytes(POOL_BYTES));
  });

/** The AES-256-CTR stream of a key of 32 bytes: for tests that repeat a run. */
export function keyedWords(key: Uint8Array): RandomWords {
  const stream = keystream(key);
  return pooled((pool) => {
    stream.fill(pool);
  });
}

function pooled(refill: (pool: Uint8Array) => void): RandomWords {
  const pool = new Uint32Array(POOL_BYTES / 4);
  let at = pool.length;
  return {
    next: () => {
      if (at === pool.length) {
        refill(new Uint8Array(pool.buffer));
        at = 0;
      }
      const word = pool[at] ?? 0;
      pool[at++] = 0;
      return word;
    },
  };
}
