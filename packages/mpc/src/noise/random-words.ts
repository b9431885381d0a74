import { keystream, randomBytes } from "@moongate/crypto";

/** Uniform integers in [0, 2^32), independent of each other. */
export interface RandomWords {
  next(): number;
}

const POOL_BYTES = 1 << 14;

/** Words of the system's generator, drawn a pool at a time; used bytes are overwritten. */
export const systemWords = (): RandomWords =>
  pooled((pool) => {
    pool.set(randomBytes(POOL_BYTES));
  });

/**
 * The AES-256-CTR stream of a key of 32 bytes: the same words for the same key.
 * @param poolBytes how much of it is made at once.
 */
export function keyedWords(key: Uint8Array, poolBytes = POOL_BYTES): RandomWords {
  const stream = keystream(key);
  return pooled((pool) => {
    stream.fill(pool);
  }, poolBytes);
}

function pooled(refill: (pool: Uint8Array) => void, bytes = POOL_BYTES): RandomWords {
  const pool = new Uint32Array(bytes / 4);
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
