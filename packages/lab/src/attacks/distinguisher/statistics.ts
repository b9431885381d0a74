import { at } from "@moongate/errors";
import type { RealMatrix } from "@moongate/views";
import { mean } from "../features/reconstruction.ts";
import type { Opened } from "./openings.ts";

/** Columns of a per-row tensor that are correlated with known numbers one by one. */
const MOST_COLUMNS = 16;
const BYTES = 256;

/**
 * Figures of one opened tensor at one time, on which a classifier of worlds learns:
 * - how often each bit is set;
 * - Pearson's χ² of its bytes against uniform ones, as a logarithm;
 * - mean and mean magnitude of its words, as signed parts of the whole range;
 * - of tensors with numbers a row: the correlation of each column with what the adversary knows of
 *   the rows in each world.
 *
 * @param known numbers of all joint rows.
 */
export function statisticsOf(
  { bytes, element, values, rows, positions }: Opened,
  known: readonly ArrayLike<number>[],
): number[] {
  const size = element === "u64" ? 8 : 4;
  const counts = histogram(bytes, size);
  const out = [
    ...bitFrequencies(counts, size, bytes.length / size),
    Math.log1p(chiSquare(counts, bytes.length)),
  ];

  const range = 2 ** (size * 8 - 1);
  out.push(average(values, (value) => value / range));
  // On a logarithmic scale, since without masks words are tiny parts of the range.
  out.push(average(values, (value) => Math.log2(1 + Math.abs(value))));
  if (rows === undefined) return out;
  for (let column = 0; column < Math.min(rows.cols, MOST_COLUMNS); column++) {
    const words = Array.from({ length: rows.rows }, (_, row) =>
      at(rows.values, row * rows.cols + column),
    );
    for (const numbers of known) {
      out.push(
        correlation(
          words,
          Array.from(positions, (position) => at(numbers, position)),
        ),
      );
    }
  }
  return out;
}

/** How often each byte occurs at each place of a word: places × 256. */
function histogram(bytes: Uint8Array, size: number): Float64Array {
  const counts = new Float64Array(size * BYTES);
  for (let index = 0; index < bytes.length; index++) {
    const cell = (index % size) * BYTES + at(bytes, index);
    counts[cell] = at(counts, cell) + 1;
  }
  return counts;
}

function bitFrequencies(counts: Float64Array, size: number, words: number): number[] {
  return Array.from({ length: size * 8 }, (_, place) => {
    const [first, bit] = [Math.floor(place / 8) * BYTES, place % 8];
    let set = 0;
    for (let byte = 0; byte < BYTES; byte++) {
      if (((byte >> bit) & 1) === 1) set += at(counts, first + byte);
    }
    return set / words;
  });
}

function chiSquare(counts: Float64Array, total: number): number {
  const expected = total / BYTES;
  let sum = 0;
  for (let byte = 0; byte < BYTES; byte++) {
    let count = 0;
    for (let cell = byte; cell < counts.length; cell += BYTES) count += at(counts, cell);
    sum += (count - expected) ** 2 / expected;
  }
  return sum;
}

const average = (values: RealMatrix["values"], of: (value: number) => number): number =>
  values.reduce((sum, value) => sum + of(value), 0) / values.length;

function correlation(a: readonly number[], b: readonly number[]): number {
  const [centreA, centreB] = [mean(a), mean(b)];
  let [both, ofA, ofB] = [0, 0, 0];
  a.forEach((value, index) => {
    const [x, y] = [value - centreA, at(b, index) - centreB];
    both += x * y;
    ofA += x * x;
    ofB += y * y;
  });
  return ofA > 0 && ofB > 0 ? both / Math.sqrt(ofA * ofB) : 0;
}
