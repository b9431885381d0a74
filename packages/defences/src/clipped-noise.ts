import { at } from "@moongate/errors";
import { squaredNorms } from "./matrix.ts";
import type { NoiseStream } from "./noise.ts";

/**
 * The Gaussian mechanism row by row: each row shortened to a norm of at most `clip`, then noise of
 * deviation multiplier · clip on every number.
 *
 * The bound is fixed, not taken from the batch: a bound made of data would itself tell of it. Two
 * clipped rows may point in opposite ways, so replacing one changes it by up to 2 · clip, and the
 * noise is that of a Gaussian mechanism of deviation multiplier/2 at sensitivity 1.
 *
 * @param values row-major, `cols` wide; left as it is.
 */
export function clipAndAddNoise(
  values: Float32Array,
  cols: number,
  { clip, multiplier }: { readonly clip: number; readonly multiplier: number },
  noise: NoiseStream,
): Float32Array {
  const norms = squaredNorms(values, cols);
  return values.map((value, index) => {
    const norm = Math.sqrt(at(norms, Math.floor(index / cols)));
    const scale = norm > clip ? clip / norm : 1;
    return value * scale + multiplier * clip * noise.normal();
  });
}
