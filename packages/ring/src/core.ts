import { instantiateKernels, type Kernels } from "./module.ts";
import { RingMemory } from "./memory.ts";
import { sineTable } from "./sine-table.ts";
import type { RingOptions } from "./types.ts";

/** Words of scratch memory; assembly/products.ts says what the largest user needs. */
export const SCRATCH_WORDS = 12_320;

/** What every operation needs: the memory, the kernels over it, and two fixed places in it. */
export interface Core {
  readonly memory: RingMemory;
  readonly kernels: Kernels;
  /** Address of SCRATCH_WORDS words that any operation may use while it runs. */
  readonly scratch: number;
  /** Address of the table of (sine, cosine) pairs, i32 each. */
  readonly table: number;
}

export async function createCore(options: RingOptions): Promise<Core> {
  const memory = new RingMemory(options);
  const scratch = memory.take(SCRATCH_WORDS * 8);
  const sines = sineTable();
  const table = memory.take(2 * sines.byteLength);
  const pairs = new Int32Array(memory.buffer, table, 2 * sines.length);
  sines.forEach((sine, i) => {
    pairs[2 * i] = sine;
    pairs[2 * ((i - sines.length / 4) & (sines.length - 1)) + 1] = sine; // cos x = sin(x + a quarter)
  });
  return { memory, kernels: await instantiateKernels(memory.wasm), scratch, table };
}
