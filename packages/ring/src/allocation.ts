import { MoongateError } from "@moongate/errors";
import type { RingMemory } from "./memory.ts";
import { MemoryMatrix, MemoryWords } from "./tensors.ts";
import type { Arena, Matrix, Words } from "./types.ts";

const SMALLEST_CHUNK = 2 ** 20;
const LARGEST_DOUBLING = 2 ** 26;

/** @throws SHAPE_MISMATCH unless every size is a whole number. */
function checkSizes(...sizes: readonly number[]): void {
  for (const size of sizes) {
    if (Number.isSafeInteger(size) && size >= 0) continue;
    throw new MoongateError("SHAPE_MISMATCH", `a size must be a whole number, not ${size}`);
  }
}

export function allocateMatrix(
  memory: RingMemory,
  take: (bytes: number) => number,
  rows: number,
  cols: number,
): Matrix {
  checkSizes(rows, cols);
  return new MemoryMatrix(memory, take(rows * cols * 8), rows, cols);
}

export function allocateWords(
  memory: RingMemory,
  take: (bytes: number) => number,
  length: number,
): Words {
  checkSizes(length);
  return new MemoryWords(memory, take(length * 4), length);
}

interface Chunk {
  readonly start: number;
  readonly size: number;
  used: number;
  /** Bytes ever handed out: the rest is still zero. */
  dirty: number;
}

/** An arena over chunks of ring memory: first fit, and a new chunk (as large as all before) if none. */
export class ChunkArena implements Arena {
  readonly #memory: RingMemory;
  readonly #chunks: Chunk[] = [];
  readonly #take = (bytes: number): number => this.#takeBytes(bytes);
  #size = 0;

  constructor(memory: RingMemory) {
    this.#memory = memory;
  }

  matrix(rows: number, cols: number): Matrix {
    return allocateMatrix(this.#memory, this.#take, rows, cols);
  }

  words(length: number): Words {
    return allocateWords(this.#memory, this.#take, length);
  }

  reset(): void {
    for (const chunk of this.#chunks) chunk.used = 0;
  }

  #takeBytes(bytes: number): number {
    const size = Math.ceil(bytes / 64) * 64;
    const chunk = this.#chunks.find((one) => one.size - one.used >= size) ?? this.#addChunk(size);
    const start = chunk.start + chunk.used;
    const old = Math.min(chunk.dirty - chunk.used, size);
    if (old > 0) new Uint8Array(this.#memory.buffer, start, old).fill(0);
    chunk.used += size;
    chunk.dirty = Math.max(chunk.dirty, chunk.used);
    return start;
  }

  #addChunk(atLeast: number): Chunk {
    const size = Math.max(atLeast, SMALLEST_CHUNK, Math.min(this.#size, LARGEST_DOUBLING));
    const chunk = { start: this.#memory.take(size), size, used: 0, dirty: 0 };
    this.#chunks.push(chunk);
    this.#size += size;
    return chunk;
  }
}
