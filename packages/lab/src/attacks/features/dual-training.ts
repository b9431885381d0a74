import type { RealMatrix } from "@moongate/views";
import {
  addScaled,
  difference,
  matrix,
  multiply,
  multiplyTransposed,
  rowsOf,
  transposed,
} from "../numeric/matrices.ts";
import type { LossFunction } from "../numeric/lbfgs.ts";

/** One step of a split training, as commerce has it. */
export interface SumStep {
  readonly rows: Uint32Array;
  /** X W of these rows. */
  readonly sums: RealMatrix;
  /** What was sent back for them, per row. */
  readonly gradient: RealMatrix;
  /** What a gradient summed over the rows moves the velocity by. */
  readonly rate: number;
  readonly momentum: number;
  /** Share of itself that a weight loses. */
  readonly decay: number;
}

/** The unknowns: a table's columns, and the weights that training began with. */
export interface Unknowns {
  readonly columns: RealMatrix;
  readonly start: RealMatrix;
}

/** The same loss on fewer unknowns. */
export interface Narrowed {
  readonly length: number;
  readonly loss: LossFunction;
  /** All unknowns, from the fewer. */
  readonly whole: (point: Float64Array) => Float64Array;
}

export interface DualOptions {
  readonly steps: readonly SumStep[];
  /** Rows of the table, and of its unknown columns. */
  readonly rows: number;
  readonly cols: number;
  /** The way decay enters: straight in logistic regression, through the velocity in a sine network. */
  readonly decayThrough: "weights" | "velocity";
  /** True if training began with weights of zero. */
  readonly startsAtZero: boolean;
}

/**
 * How badly guessed columns and starting weights fit the sums that training told: the gradients are
 * known, so guessed columns say how each step moved the weights, and weights and columns say the
 * sums. Costs about as much as the training did.
 */
export class DualTraining {
  readonly #options: DualOptions;
  readonly #cut: number;
  readonly #size: number;

  constructor(options: DualOptions) {
    this.#options = options;
    this.#cut = options.steps[0]?.sums.cols ?? 0;
    this.#size = options.steps.reduce(
      (sum, { sums }) => sum + sums.values.reduce((of, value) => of + value * value, 0),
      Number.MIN_VALUE,
    );
  }

  /** Unknown numbers. */
  get length(): number {
    const { rows, cols, startsAtZero } = this.#options;
    return rows * cols + (startsAtZero ? 0 : cols * this.#cut);
  }

  /** Multiplications of one evaluation, and what handling a row costs beside them. */
  get work(): number {
    const visits = this.#options.steps.reduce((sum, { rows }) => sum + rows.length, 0);
    return visits * (5 * this.#options.cols * this.#cut + 500);
  }

  /**
   * Columns that are combinations of a few known ones: the unknowns are their weights, k × cols.
   * @param basis rows × k.
   */
  within(basis: RealMatrix): Narrowed {
    const { cols, rows } = this.#options;
    const size = basis.cols * cols;
    const start = this.length - rows * cols;
    const whole = (point: Float64Array): Float64Array => {
      const weights = { rows: basis.cols, cols, values: point.subarray(0, size) };
      const out = new Float64Array(this.length);
      out.set(multiply(basis, weights).values);
      out.set(point.subarray(size), rows * cols);
      return out;
    };
    const byWhole = new Float64Array(this.length);
    return {
      length: size + start,
      whole,
      loss: (point, gradient) => {
        const loss = this.loss(whole(point), byWhole);
        const byColumns = { rows, cols, values: byWhole.subarray(0, rows * cols) };
        gradient.set(multiplyTransposed(basis, byColumns).values);
        gradient.set(byWhole.subarray(rows * cols), size);
        return loss;
      },
    };
  }

  unknowns(point: Float64Array): Unknowns {
    const { rows, cols, startsAtZero } = this.#options;
    const start = startsAtZero ? undefined : point.subarray(rows * cols);
    return {
      columns: { rows, cols, values: point.subarray(0, rows * cols) },
      start: matrix(cols, this.#cut, start),
    };
  }

  /**
   * Squared error of the sums over their squares, and its gradient, by backpropagation through the
   * steps of training.
   */
  readonly loss: LossFunction = (point, gradient) => {
    const { columns, start } = this.unknowns(point);
    const by = this.unknowns(gradient);
    gradient.fill(0);
    const weights = this.#replay(columns, start);
    const direct = this.#options.decayThrough === "weights";

    let loss = 0;
    let [byWeights, byVelocity] = [matrix(start.rows, start.cols), matrix(start.rows, start.cols)];
    for (let at = weights.length - 1; at >= 0; at--) {
      const step = this.#options.steps[at];
      const before = weights[at];
      if (step === undefined || before === undefined) continue;
      const x = rowsOf(columns, step.rows);
      // W' = W − V' [− decay W];  V' = momentum V + rate Xᵀ D [+ decay W]
      addScaled(byVelocity.values, 0, -1, byWeights.values, 0, byWeights.values.length);
      const off = difference(multiply(x, before), step.sums);
      for (const error of off.values) loss += error * error;
      const byRows = multiply(off, transposed(before));
      const throughStep = multiply(step.gradient, transposed(byVelocity));
      step.rows.forEach((row, place) => {
        const [to, from] = [row * x.cols, place * x.cols];
        addScaled(by.columns.values, to, 2, byRows.values, from, x.cols);
        addScaled(by.columns.values, to, step.rate, throughStep.values, from, x.cols);
      });
      const error = multiplyTransposed(x, off);
      const next = matrix(start.rows, start.cols);
      addScaled(
        next.values,
        0,
        direct ? 1 - step.decay : 1,
        byWeights.values,
        0,
        next.values.length,
      );
      if (!direct) {
        addScaled(next.values, 0, step.decay, byVelocity.values, 0, next.values.length);
      }
      addScaled(next.values, 0, 2, error.values, 0, next.values.length);
      byWeights = next;
      byVelocity = {
        ...byVelocity,
        values: byVelocity.values.map((value) => step.momentum * value),
      };
    }
    if (!this.#options.startsAtZero) {
      gradient.set(byWeights.values, columns.values.length);
    }
    for (let i = 0; i < gradient.length; i++) gradient[i] = (gradient[i] ?? 0) / this.#size;
    return loss / this.#size;
  };

  /** The weights before each step. */
  #replay(columns: RealMatrix, start: RealMatrix): RealMatrix[] {
    const direct = this.#options.decayThrough === "weights";
    const velocity = matrix(start.rows, start.cols);
    let now = start;
    return this.#options.steps.map(({ rows, gradient, rate, momentum, decay }) => {
      const before = now;
      const moves = multiplyTransposed(rowsOf(columns, rows), gradient);
      const values = before.values.map((weight, i) => {
        const slowed = momentum * (velocity.values[i] ?? 0) + rate * (moves.values[i] ?? 0);
        velocity.values[i] = direct ? slowed : slowed + decay * weight;
        return weight - slowed - decay * weight;
      });
      now = { ...start, values };
      return before;
    });
  }
}
