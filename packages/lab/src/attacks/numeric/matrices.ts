import type { RealMatrix } from "@moongate/views";

export const matrix = (rows: number, cols: number, values?: ArrayLike<number>): RealMatrix => ({
  rows,
  cols,
  values: values === undefined ? new Float64Array(rows * cols) : Float64Array.from(values),
});

/** a · b */
export function multiply(a: RealMatrix, b: RealMatrix): RealMatrix {
  const out = matrix(a.rows, b.cols);
  for (let i = 0; i < a.rows; i++) {
    for (let l = 0; l < a.cols; l++) {
      const factor = a.values[i * a.cols + l] ?? 0;
      if (factor === 0) continue;
      addScaled(out.values, i * b.cols, factor, b.values, l * b.cols, b.cols);
    }
  }
  return out;
}

/** aᵀ · b */
export function multiplyTransposed(a: RealMatrix, b: RealMatrix): RealMatrix {
  const out = matrix(a.cols, b.cols);
  for (let i = 0; i < a.rows; i++) {
    for (let l = 0; l < a.cols; l++) {
      const factor = a.values[i * a.cols + l] ?? 0;
      if (factor === 0) continue;
      addScaled(out.values, l * b.cols, factor, b.values, i * b.cols, b.cols);
    }
  }
  return out;
}

export function transposed(a: RealMatrix): RealMatrix {
  const out = matrix(a.cols, a.rows);
  for (let i = 0; i < a.rows; i++) {
    for (let j = 0; j < a.cols; j++) out.values[j * a.rows + i] = a.values[i * a.cols + j] ?? 0;
  }
  return out;
}

/** a − b */
export const difference = (a: RealMatrix, b: RealMatrix): RealMatrix => ({
  ...a,
  values: a.values.map((value, index) => value - (b.values[index] ?? 0)),
});

/** These rows, in that order. */
export function rowsOf(a: RealMatrix, rows: ArrayLike<number>): RealMatrix {
  const out = matrix(rows.length, a.cols);
  for (let i = 0; i < rows.length; i++) {
    const from = (rows[i] ?? 0) * a.cols;
    out.values.set(a.values.subarray(from, from + a.cols), i * a.cols);
  }
  return out;
}

/** a beside b. */
export function joined(a: RealMatrix, b: RealMatrix): RealMatrix {
  const cols = a.cols + b.cols;
  const out = matrix(a.rows, cols);
  for (let i = 0; i < a.rows; i++) {
    out.values.set(a.values.subarray(i * a.cols, (i + 1) * a.cols), i * cols);
    out.values.set(b.values.subarray(i * b.cols, (i + 1) * b.cols), i * cols + a.cols);
  }
  return out;
}

/** Column means and standard deviations; a constant column has deviation 1. */
export function moments(a: RealMatrix): { mean: Float64Array; deviation: Float64Array } {
  const [mean, deviation] = [new Float64Array(a.cols), new Float64Array(a.cols)];
  a.values.forEach((value, index) => {
    mean[index % a.cols] = (mean[index % a.cols] ?? 0) + value / a.rows;
  });
  a.values.forEach((value, index) => {
    const offset = value - (mean[index % a.cols] ?? 0);
    deviation[index % a.cols] = (deviation[index % a.cols] ?? 0) + (offset * offset) / a.rows;
  });
  return { mean, deviation: deviation.map((variance) => (variance > 0 ? Math.sqrt(variance) : 1)) };
}

/** Each column minus a mean, over a deviation. */
export function standardised(
  a: RealMatrix,
  { mean, deviation }: { mean: Float64Array; deviation: Float64Array },
): RealMatrix {
  return {
    ...a,
    values: a.values.map(
      (value, index) => (value - (mean[index % a.cols] ?? 0)) / (deviation[index % a.cols] ?? 1),
    ),
  };
}

/** out[at..] += factor · b[from..], over a length. */
export function addScaled(
  out: Float64Array,
  at: number,
  factor: number,
  b: Float64Array,
  from: number,
  length: number,
): void {
  for (let j = 0; j < length; j++) {
    out[at + j] = (out[at + j] ?? 0) + factor * (b[from + j] ?? 0);
  }
}
