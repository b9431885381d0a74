// Tables for benchmarks: numbers from a small generator, so that every run measures the same rows.
import { closeSync, mkdirSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";

export const SIDES = ["media", "commerce"] as const;
export type Side = (typeof SIDES)[number];
/** One value for each party. */
export type BySide<Value> = Readonly<Record<Side, Value>>;

export interface TableSize extends BySide<number> {
  readonly rows: number;
}

/** Lines that are written at once. */
const LINES = 5000;

/** Uniform in [-1, 1): benchmark data, not secrets. */
function uniforms(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 31 - 1;
  };
}

/**
 * Writes two CSV files with the same ids, `id` and (at commerce) the label `y`.
 * @param size rows, and number columns of each side (at least three at media, two at commerce)
 */
export function writeTables(directory: string, { rows, media, commerce }: TableSize) {
  mkdirSync(directory, { recursive: true });
  const files = { media: join(directory, "media.csv"), commerce: join(directory, "commerce.csv") };
  const out = { media: openSync(files.media, "w"), commerce: openSync(files.commerce, "w") };
  const names = (prefix: string, count: number): string[] =>
    Array.from({ length: count }, (_, index) => `${prefix}${index}`);
  writeSync(out.media, `${["id", ...names("m", media)].join(",")}\n`);
  writeSync(out.commerce, `${["id", "y", ...names("c", commerce)].join(",")}\n`);
  const next = uniforms(20_261_121);
  const text: Record<Side, string[]> = { media: [], commerce: [] };
  const flush = (): void => {
    for (const side of SIDES) {
      if (text[side].length > 0) writeSync(out[side], `${text[side].join("\n")}\n`);
      text[side] = [];
    }
  };
  for (let row = 0; row < rows; row++) {
    const a = Array.from({ length: media }, next);
    const b = Array.from({ length: commerce }, next);
    const [a0 = 0, a1 = 0, a2 = 0] = a;
    const [b0 = 0, b1 = 0] = b;
    const logit = 2 * a0 + 1.5 * Math.sin(3 * a1) + 2 * b0 + 2 * b1 * a2 - 1;
    const label = (next() + 1) / 2 < 1 / (1 + Math.exp(-logit)) ? 1 : 0;
    text.media.push(`u${row},${a.map((value) => value.toFixed(4)).join(",")}`);
    text.commerce.push(`u${row},${label},${b.map((value) => value.toFixed(4)).join(",")}`);
    if (text.media.length === LINES) flush();
  }
  flush();
  closeSync(out.media);
  closeSync(out.commerce);
  return files;
}
