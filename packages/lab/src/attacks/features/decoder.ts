import { at } from "@moongate/errors";
import type { RealMatrix } from "@moongate/views";
import { matrix, moments, multiply, rowsOf, standardised } from "../numeric/matrices.ts";
import type { Uniform } from "@moongate/statistics";
import { SmallNetwork } from "../numeric/small-network.ts";
import { ridge } from "../numeric/solve.ts";
import { relativeError } from "./reconstruction.ts";

const HIDDEN = 32;
/** Steps of the network: so many for each row that it learns from, but not more than this. */
const STEPS_A_ROW = 4;
const MOST_STEPS = 800;
const BATCH = 64;
const RIDGES = [1e-3, 1, 30, 1000];

/** Rows of a matrix that an attack knows the truth of, and those it guesses. */
export interface Split {
  readonly known: Uint32Array;
  readonly others: Uint32Array;
}

/**
 * Guesses of the other rows. A fifth of the known ones choose between linear decoders of four
 * strengths and a network of one hidden layer, which learn from the rest.
 * @param targets of the known rows.
 */
export function decode(
  from: RealMatrix,
  { known, others }: Split,
  targets: RealMatrix,
  next: Uniform,
): RealMatrix {
  const scale = moments(rowsOf(from, known));
  const inputs = withOnes(standardised(rowsOf(from, known), scale));
  const cut = Math.max(1, Math.floor(known.length * 0.8));
  const [fit, held] = [range(0, cut), range(cut, known.length)];
  const learn = (x: RealMatrix, y: RealMatrix): ((x: RealMatrix) => RealMatrix)[] => [
    ...RIDGES.map((strength) => {
      const weights = ridge(x, y, strength);
      return (rows: RealMatrix) => multiply(rows, weights);
    }),
    network(x, y, next),
  ];
  const candidates = learn(rowsOf(inputs, fit), rowsOf(targets, fit));
  const errors = candidates.map((each) =>
    relativeError(rowsOf(targets, held), each(rowsOf(inputs, held))),
  );
  const best = errors.indexOf(Math.min(...errors));
  const chosen = candidates[best] ?? ((rows: RealMatrix) => rows);
  return chosen(withOnes(standardised(rowsOf(from, others), scale)));
}

function network(x: RealMatrix, y: RealMatrix, next: Uniform): (rows: RealMatrix) => RealMatrix {
  const scale = moments(y);
  const targets = standardised(y, scale);
  const decoder = new SmallNetwork([x.cols, HIDDEN, y.cols], next);
  const steps = Math.min(MOST_STEPS, STEPS_A_ROW * x.rows);
  for (let step = 0; step < steps; step++) {
    const batch = Uint32Array.from({ length: Math.min(BATCH, x.rows) }, () =>
      Math.floor(next() * x.rows),
    );
    const guess = decoder.forward(rowsOf(x, batch));
    const wanted = rowsOf(targets, batch);
    const gradient = guess.values.map((value, i) => (value - at(wanted.values, i)) / batch.length);
    decoder.learn({ ...guess, values: gradient }, 5e-3 * (1 - step / steps) + 1e-5, 1e-4);
  }
  return (rows) => {
    const out = decoder.forward(rows);
    const values = out.values.map(
      (value, i) => value * (scale.deviation[i % out.cols] ?? 1) + at(scale.mean, i % out.cols),
    );
    return { ...out, values };
  };
}

/** A last column of ones, for the decoder's bias. */
function withOnes(a: RealMatrix): RealMatrix {
  const out = matrix(a.rows, a.cols + 1);
  out.values.fill(1);
  for (let row = 0; row < a.rows; row++) {
    out.values.set(a.values.subarray(row * a.cols, (row + 1) * a.cols), row * (a.cols + 1));
  }
  return out;
}

const range = (from: number, to: number): Uint32Array =>
  Uint32Array.from({ length: to - from }, (_, index) => from + index);
