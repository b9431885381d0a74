/** How a value lies in what was opened of it, by the operations of `packages/mpc/src/operations`. */
export interface Masking {
  /** The last part of the mask's label. */
  readonly mask: string;
  /** The owners of the streams that the mask is the sum of: both parties', or the one's that did not record. */
  readonly from: "both" | "other";
  /** opened = value + sign · mask (of a truncation the value is x + 2^62) */
  readonly sign: 1 | -1;
}

const operand: Masking = { mask: "T", from: "other", sign: -1 };
const random: Masking = { mask: "r", from: "both", sign: 1 };
const beaver = (mask: string): Masking => ({ mask, from: "both", sign: -1 });

/** Masks by operation and tensor. What is not here has no one-time mask: data masks, revealed shares. */
export const MASKINGS: Readonly<Record<string, Masking>> = {
  "product/operand": operand,
  "transposed-product/operand": operand,
  "truncate/value": random,
  "periodic/angle": random,
  "sine-forward/angle": random,
  "sine-forward/omega": beaver("beta"),
  "sine-backward/epsilon": beaver("eta"),
  "reshare/value": { mask: "rho", from: "both", sign: 1 },
  "matrix-product/delta": beaver("alpha"),
  "matrix-product/epsilon": beaver("beta"),
  "elementwise-product/delta": beaver("alpha"),
  "elementwise-product/epsilon": beaver("beta"),
};

/** The other party's columns under their data mask. */
export const MASKED_COLUMNS = "mask-columns/columns";

/** The parts of an opened tensor's name, `<number>:<operation>/<tensor>`. */
export interface Opening {
  /** The operation's place in its step. */
  readonly number: number;
  readonly operation: string;
  /** `<operation>/<tensor>`. */
  readonly path: string;
}

/** What a tensor's name says, or nothing if it is not an operation's. */
export function openingOf(name: string): Opening | undefined {
  const parts = /^(\d+):([a-z-]+)\/[a-z-]+$/.exec(name);
  if (parts === null) return undefined;
  const [, number = "", operation = ""] = parts;
  return { number: Number(number), operation, path: name.slice(number.length + 1) };
}

const STRETCH_BYTES = 2 << 20;

/**
 * Steps of the program before the first of training: each sends a stretch of the columns
 * (`maskedTraining`). Commerce's table has one column more than its width, the intercept.
 */
export function columnStretches(
  rows: number,
  width: { readonly media: number; readonly commerce: number },
): number {
  const widest = Math.max(width.media, width.commerce + 1);
  return Math.ceil(rows / Math.max(1, Math.floor(STRETCH_BYTES / (widest * 8))));
}
