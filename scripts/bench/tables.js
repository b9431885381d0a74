// Tables for benchmarks: numbers from a small generator, so that every run measures the same rows.
import { closeSync, mkdirSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";

/** Uniform in [-1, 1): benchmark data, not secrets. */
function uniforms(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 31 - 1;
  };
}

/** Two CSV files with the same ids, `id` and (at commerce) the label `y`. */
export function writeTables(directory, { rows, media, commerce }) {
  mkdirSync(directory, { recursive: true });
  const files = { media: join(directory, "media.csv"), commerce: join(directory, "commerce.csv") };
  const out = { media: openSync(files.media, "w"), commerce: openSync(files.commerce, "w") };
  const names = (prefix, count) => Array.from({ length: count }, (_, index) => `${prefix}${index}`);
  writeSync(out.media, `${["id", ...names("m", media)].join(",")}\n`);
  writeSync(out.commerce, `${["id", "y", ...names("c", commerce)].join(",")}\n`);
  const next = uniforms(20_261_121);
  const text = { media: [], commerce: [] };
  const flush = () => {
    for (const side of ["media", "commerce"]) {
      if (text[side].length > 0) writeSync(out[side], `${text[side].join("\n")}\n`);
      text[side] = [];
    }
  };
  for (let row = 0; row < rows; row++) {
    const a = Array.from({ length: media }, next);
    const b = Array.from({ length: commerce }, next);
    const logit = 2 * a[0] + 1.5 * Math.sin(3 * a[1]) + 2 * b[0] + 2 * b[1] * a[2] - 1;
    const label = (next() + 1) / 2 < 1 / (1 + Math.exp(-logit)) ? 1 : 0;
    text.media.push(`u${row},${a.map((value) => value.toFixed(4)).join(",")}`);
    text.commerce.push(`u${row},${label},${b.map((value) => value.toFixed(4)).join(",")}`);
    if (text.media.length === 5000) flush();
  }
  flush();
  closeSync(out.media);
  closeSync(out.commerce);
  return files;
}
