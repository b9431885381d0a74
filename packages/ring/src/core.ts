import { instantiateKernels, type Kernels } from "./module.ts";
import { RingMemory } from "./memory.ts";
import { sineTable } from "./sine-table.ts";
import type { RingOptions } from "./types.ts";

/** Words of scratch memory: coefficients, row addresses, and slices of doubles on their way out. */
export const SCRATCH_WORDS = 4096;

/** What every operation needs: the memory, the kernels over it, and two fixed places in it. */
export interface Core {
  readonly memory: RingMemory;
  readonly kernels: Kernels;
  /** Address of SCRATCH_WORDS words that any operation may use while it runs. */
  readonly scratch: number;
  /** Address of the sine table. */
  readonly table: number;
}

export async function createCore(options: RingOptions): Promise<Core> {
  const memory = new RingMemory(options);
  const scratch = memory.take(SCRATCH_WORDS * 8);
  const sines = sineTable();
  const table = memory.take(sines.byteLength);
  new Int32Array(memory.buffer, table, sines.length).set(sines);
  return { memory, kernels: await instantiateKernels(memory.wasm), scratch, table };
}
