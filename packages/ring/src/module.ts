import { KERNELS_BASE64 } from "./generated/kernels.ts";
import { type WasmMemory, wasm } from "./webassembly.ts";

type Address = number;
type Count = number;
type Unary = (out: Address, a: Address, count: Count) => void;
type Binary = (out: Address, a: Address, b: Address, count: Count) => void;
type WithWord = (out: Address, a: Address, word: bigint, count: Count) => void;

/** The exports of the WASM module; assembly/ says what each does. Addresses are byte offsets. */
export interface Kernels {
  readonly add: Binary;
  readonly subtract: Binary;
  readonly negate: Unary;
  readonly addConstant: WithWord;
  readonly scale: WithWord;
  readonly shiftLeft: (out: Address, a: Address, bits: number, count: Count) => void;
  readonly hadamard: Binary;
  // biome-ignore format: one line a signature
  readonly multiply: (out: Address, a: Address, b: Address, rows: Address, n: Count, d: Count, k: Count, scratch: Address) => void;
  // biome-ignore format: one line a signature
  readonly multiplyTransposed: (out: Address, a: Address, b: Address, rows: Address, n: Count, d: Count, k: Count, scratch: Address) => void;
  readonly transpose: (out: Address, a: Address, rows: Count, cols: Count) => void;
  readonly gather: (out: Address, a: Address, rows: Address, count: Count, cols: Count) => void;
  readonly largestIndex: (rows: Address, count: Count) => number;
  readonly sumRows: (out: Address, a: Address, rows: Count, cols: Count) => void;
  readonly encode: (at: Address, factor: number, count: Count) => number;
  readonly decode: (out: Address, a: Address, factor: number, count: Count) => void;
  readonly maximumMagnitude: (a: Address, count: Count) => bigint;
  readonly phase: (out: Address, share: Address, drop: number, count: Count) => void;
  readonly addWords: Binary;
  readonly subtractWords: Binary;
  // biome-ignore format: one line a signature
  readonly harmonics: (out: Address, angle: Address, table: Address, scratch: Address, K: Count, drop: number, count: Count) => void;
  // biome-ignore format: one line a signature
  readonly fourier: (out: Address, angle: Address, dealt: Address, coefficients: Address, table: Address, scratch: Address, K: Count, drop: number, count: Count) => void;
  // biome-ignore format: one line a signature
  readonly truncateOpening: (out: Address, x: Address, r: Address, offset: bigint, count: Count) => void;
  // biome-ignore format: one line a signature
  readonly truncateDeal: (shifted: Address, topBit: Address, r: Address, bits: number, count: Count) => void;
  // biome-ignore format: one line a signature
  readonly truncateClose: (out: Address, opened: Address, shiftedShare: Address, topBitShare: Address, bits: number, first: boolean, count: Count) => void;
  // biome-ignore format: one line a signature
  readonly sineForward: (activation: Address, output: Address, angle: Address, F: Address, Fb: Address, omega: Address, table: Address, drop: number, n: Count, H: Count, k: Count) => void;
  // biome-ignore format: one line a signature
  readonly sineBackward: (gradient: Address, hidden: Address, angle: Address, activation: Address, F: Address, Fb: Address, Fe: Address, Feb: Address, epsilon: Address, omega: Address, table: Address, dropA: number, dropC: number, n: Count, H: Count, k: Count) => void;
  // biome-ignore format: one line a signature
  readonly sineDealForward: (Fb: Address, F: Address, beta: Address, n: Count, H: Count, k: Count) => void;
  // biome-ignore format: one line a signature
  readonly sineDealBackward: (Fe: Address, Feb: Address, F: Address, beta: Address, eta: Address, n: Count, H: Count, k: Count) => void;
}

let compiled: Promise<object> | undefined;

/** The kernels over this memory; the module is compiled once a process. */
export async function instantiateKernels(memory: WasmMemory): Promise<Kernels> {
  compiled ??= wasm.compile(Uint8Array.from(atob(KERNELS_BASE64), (c) => c.charCodeAt(0)));
  const instance = await wasm.instantiate(await compiled, { env: { memory } });
  return instance.exports as Kernels;
}
