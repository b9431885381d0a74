import { at } from "@moongate/errors";
import type { RealMatrix } from "@moongate/views";
import { type About, type AttackResult, type Leak, notApplicable } from "../attack.ts";
import { LeakMeter, surely } from "../leak.ts";

/** What an attack takes the other side's columns to be: of the same rows as the truth, in order. */
export interface Guess {
  /** The tensor it was made from. */
  readonly tensor: string;
  readonly values: RealMatrix;
}

/** Rows of one batch: an AUC each, so that the leak of features reads like that of labels. */
const BLOCKS = 20;
const LEAST_ROWS = 16;

/**
 * Scores guesses of features.
 *
 * - Leak AUC of a column: how well the guess tells rows above the column's mean from the others, a
 *   block of rows at a time; 0.5 is chance, 1 the column's order in full. The worst tensor and column
 *   are chosen on the first half of the blocks, by the lower end of the interval, and measured on the
 *   second.
 * - `r2`: 1 − mean squared error over variance, averaged over the columns of the worst tensor, and
 *   at least 0: who guesses worse than the mean guesses the mean. `mse` beside `mseOfMean`, in units
 *   of each column's variance. `meanAuc`: over all columns of that tensor and blocks of the second half.
 *
 * @param truth the attacked columns; constant columns are left out.
 */
export function scoreGuesses(
  about: About,
  truth: RealMatrix,
  guesses: readonly Guess[],
  more: { readonly known?: number; readonly details?: Readonly<Record<string, number>> } = {},
): AttackResult {
  const columns = guesses.flatMap(({ tensor, values }) =>
    columnsOf(truth).map((column) => ({
      ...{ tensor, column, values },
      first: surely(leakOf(truth, values, column, 0)),
    })),
  );
  const chosen = columns.toSorted((a, b) => b.first - a.first)[0];
  if (chosen === undefined) return notApplicable(about, "no column varies");
  const others = columns.filter(({ tensor }) => tensor === chosen.tensor);
  const leaks = others.map(({ values, column }) => leakOf(truth, values, column, 1)?.mean ?? 0.5);
  const guess = chosen.values;
  const error = relativeError(truth, guess);
  return {
    about,
    applicable: true,
    leak: leakOf(truth, guess, chosen.column, 1),
    steps: Math.ceil(BLOCKS / 2),
    tensor: chosen.tensor,
    label: `column ${chosen.column}`,
    known: more.known,
    details: {
      r2: Math.max(0, 1 - error),
      mse: error,
      mseOfMean: 1,
      meanAuc: mean(leaks),
      columns: others.length,
      ...more.details,
    },
  };
}

/** Mean squared error over variance, averaged over the columns that vary. */
export function relativeError(truth: RealMatrix, guess: RealMatrix): number {
  return mean(
    columnsOf(truth).map((column) => {
      const [values, guessed] = [columnOf(truth, column), columnOf(guess, column)];
      const centre = mean(values);
      const variance = mean(values.map((value) => (value - centre) ** 2));
      return mean(values.map((value, row) => (value - at(guessed, row)) ** 2)) / variance;
    }),
  );
}

/** A column's leak, over the blocks of one half of the rows. */
function leakOf(
  truth: RealMatrix,
  guess: RealMatrix,
  column: number,
  half: 0 | 1,
): Leak | undefined {
  const values = columnOf(truth, column);
  const guessed = columnOf(guess, column).map((value) => (Number.isFinite(value) ? value : 0));
  const centre = mean(values);
  const size = Math.max(LEAST_ROWS, Math.ceil(values.length / BLOCKS));
  const middle = size * Math.ceil(values.length / size / 2);
  const meter = new LeakMeter();
  const [first, end] = half === 0 ? [0, middle] : [middle, values.length];
  for (let from = first; from < end; from += size) {
    const part = values.slice(from, Math.min(from + size, end));
    meter.add(
      part.map((_, row) => from + row),
      Float64Array.from(guessed.slice(from, from + part.length)),
      Uint8Array.from(part, (value) => (value > centre ? 1 : 0)),
    );
  }
  return meter.leak();
}

/** The columns that vary. */
function columnsOf(truth: RealMatrix): number[] {
  return Array.from({ length: truth.cols }, (_, column) => column).filter((column) => {
    const values = columnOf(truth, column);
    return values.some((value) => value !== values[0]);
  });
}

const columnOf = ({ rows, cols, values }: RealMatrix, column: number): number[] =>
  Array.from({ length: rows }, (_, row) => at(values, row * cols + column));

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
