import { MoongateError } from "@moongate/errors";
import type { RingOptions } from "./types.ts";
import { type WasmMemory, wasm } from "./webassembly.ts";

const PAGE = 65_536;
/** One page short of 4 GiB: the address after the last word must still fit in 32 bits. */
const MAXIMUM_PAGES = 65_535;
const CACHE_LINE = 64;

/** A growing WASM memory that hands out zeroed, cache-line aligned stretches and never takes back. */
export class RingMemory {
  readonly wasm: WasmMemory;
  readonly #maximumPages: number;
  /** Address 0 is left free: the kernels read it as "no row subset". */
  #top = CACHE_LINE;

  constructor({ maximumMegabytes = 4096 }: RingOptions) {
    this.#maximumPages = Math.min(MAXIMUM_PAGES, Math.max(1, Math.floor(maximumMegabytes * 16)));
    this.wasm = new wasm.Memory({ initial: 1, maximum: this.#maximumPages });
  }

  get buffer(): ArrayBuffer {
    return this.wasm.buffer;
  }

  /** @returns the byte offset of fresh zeroed memory. @throws MEMORY_EXHAUSTED */
  take(bytes: number): number {
    const start = this.#top;
    const end = start + Math.ceil(bytes / CACHE_LINE) * CACHE_LINE;
    if (end > this.buffer.byteLength) this.#growTo(Math.ceil(end / PAGE));
    this.#top = end;
    return start;
  }

  #growTo(pages: number): void {
    const held = this.buffer.byteLength / PAGE;
    // Growing by a quarter keeps the number of growths, and so of dead views, logarithmic.
    const generous = Math.min(this.#maximumPages, Math.max(pages, Math.ceil(held * 1.25)));
    if (pages <= this.#maximumPages && (this.#grow(generous - held) || this.#grow(pages - held))) {
      return;
    }
    throw new MoongateError(
      "MEMORY_EXHAUSTED",
      `the ring's memory cannot grow to ${Math.ceil(pages / 16)} MB`,
      { details: { pages, heldPages: held, maximumPages: this.#maximumPages } },
    );
  }

  #grow(pages: number): boolean {
    try {
      this.wasm.grow(pages);
      return true;
    } catch {
      return false; // the engine's RangeError says no more than that
    }
  }
}
