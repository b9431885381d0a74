import { at } from "@moongate/errors";
import { hasHidden, MODELS } from "@moongate/catalogue";
import { singleNetwork, splitRates } from "@moongate/learning";
import { batches, fittingSchedule } from "@moongate/mpc";
import type { RealMatrix, View } from "@moongate/views";
import { type About, type Attack, notApplicable } from "../attack.ts";
import { matrix, multiply, rowsOf } from "../numeric/matrices.ts";
import { minimise } from "../numeric/lbfgs.ts";
import { normals, permutation, type Uniform, uniforms } from "@moongate/statistics";
import { leftSingular, ridge } from "../numeric/solve.ts";
import { DualTraining, type SumStep } from "./dual-training.ts";
import { embeddedRows, lastSeen } from "./embeddings.ts";
import { relativeError, scoreGuesses } from "./reconstruction.ts";
import { truthOf } from "./truth.ts";

const about: About = {
  name: "gram",
  effort: "slowest",
  title: "Gram matrix from revealed sums",
  adversary: "commerce",
  target: "features",
  knows:
    "the gradients it sent and the public rates; media's columns of some rows (100 unless told " +
    "otherwise) to turn the solution by, which does not change the leak",
  paper: "motivated by Fu et al., BlindFL, SIGMOD 2022, arXiv 2206.07975",
};

const KNOWN = 100;
const PAIRS = 4000;
/** Multiplications, for each of the two parts: ten seconds or so. */
const WORK = 5e8;
const MOST_ITERATIONS = 500;
const FEWEST_ITERATIONS = 10;
const ENOUGH = 1e-5;
/** The part of a column's size that columns beyond the sums begin with. */
const NUDGE = 0.1;
/** The factor on the learning rate of a sine network's hidden layer: see `trainNetwork`. */
const SINE_RATE = (2 * Math.PI) / 8;

/**
 * Commerce is told the sums Z = X W of every batch if media's source layer is linear, and its own
 * gradients are what moves W: each step adds −η Xᵀδ, so that Z(t+1) − Z(t) = −η X Xᵀ δ. The sums of
 * the whole training are linear measurements of the Gram matrix X Xᵀ: who of media's users resembles
 * whom, X itself but for a rotation.
 *
 * 1. Guessed columns and starting weights say, with the gradients sent and the public rates, the
 *    weights of every step, and so every sum.
 * 2. L-BFGS makes the guessed sums the ones that were told: first for columns that are combinations of
 *    the last sums, which are combinations of columns; then for any.
 * 3. The guess of X Xᵀ for pairs of rows. With a cut as wide as media's columns it becomes exact.
 * 4. Known rows fix the rotation, and columns follow: `columnsR2`.
 *
 * Leak AUC: telling pairs that resemble each other more than average from the others.
 */
export const gram: Attack = {
  about,
  run(view, truth, { seed, known = KNOWN }) {
    const { header } = view;
    if (header.process !== "commerce") return notApplicable(about, "it is commerce's attack");
    if (MODELS[header.plan.model.kind].layersBelow > 1) {
      return notApplicable(about, "media's layer before the sums is not linear");
    }
    const steps = sumSteps(view);
    if (steps === undefined) {
      return notApplicable(about, "no sums of media's and no gradients are in the view");
    }
    const { train } = header.rows;
    const cols = header.width.media;
    const next = uniforms(`gram ${seed}`);
    const logistic = !hasHidden(MODELS[header.plan.model.kind]);
    const dual = new DualTraining({
      ...{ steps, rows: train, cols, startsAtZero: logistic },
      decayThrough: logistic ? "weights" : "velocity",
    });
    const iterations = Math.min(MOST_ITERATIONS, Math.floor(WORK / dual.work));
    if (iterations < FEWEST_ITERATIONS) {
      return notApplicable(about, "the training is too long to be solved in a reasonable time");
    }
    const seen = lastSeen(view, "embedding");
    const sumsOfRows = seen && rowsOf(seen.values, range(train));
    if (sumsOfRows === undefined) return notApplicable(about, "no sums are in the view");
    const begin = startOf(dual, sumsOfRows, cols, next, iterations);
    const found = minimise(dual.loss, begin, { iterations, enough: ENOUGH ** 2 });
    const { columns } = dual.unknowns(found.point);

    const trueRows = truthOf(truth, range(train));
    const [left, right] = [pick(next, train), pick(next, train)];
    const values = resemblance(columns, left, right);
    const scored = scoreGuesses(about, resemblance(trueRows, left, right), [
      { tensor: "embedding", values },
    ]);
    const sums = header.plan.model.epochs * (steps[0]?.sums.cols ?? 0);
    const columnsR2 = turned(columns, trueRows, permutation(next, train), known);
    return {
      ...scored,
      known,
      details: { ...scored.details, columnsR2, residual: Math.sqrt(found.value), sums },
    };
  },
};

/**
 * Columns that are combinations of the last sums, which fit best; where media has more columns than
 * there are sums a row, the others start small and random.
 */
function startOf(
  dual: DualTraining,
  sums: RealMatrix,
  cols: number,
  next: Uniform,
  iterations: number,
): Float64Array {
  const vectors = leftSingular(sums, cols);
  const basis = { ...vectors, values: vectors.values.map((value) => value * Math.sqrt(sums.rows)) };
  const narrowed = dual.within(basis);
  const begin = normals(next, narrowed.length).map((value) => 0.3 * value);
  for (let i = 0; i < basis.cols; i++) begin[i * cols + i] = 1 + at(begin, i * cols + i);
  const found = minimise(narrowed.loss, begin, { iterations, enough: ENOUGH ** 2 });
  const whole = narrowed.whole(found.point);
  normals(next, sums.rows * cols).forEach((value, i) => {
    whole[i] = at(whole, i) + NUDGE * value;
  });
  return whole;
}

/** Every step's rows, sums and gradients, with the public rate; or nothing where some are not there. */
function sumSteps(view: View): SumStep[] | undefined {
  const { plan, rows } = view.header;
  const { model } = plan;
  const { batchSize, learningRate, momentum } = fittingSchedule(model, rows.train);
  const { epochs, weightDecay } = model;
  const kind = singleNetwork(model.kind);
  const rateOf = splitRates(
    {
      ...{ kind, epochs, weightDecay, batchSize, learningRate, momentum, seed: plan.seed },
      ...{ hidden: 0, tower: 0, labels: plan.labels.length },
    },
    rows.train,
  );
  const gradients = new Map<number, RealMatrix>();
  for (const { step, values } of embeddedRows(view, "own/cut-gradient")) {
    if (step !== null) gradients.set(step, values);
  }
  const steps: SumStep[] = [];
  for (const { step, positions, values: sums } of embeddedRows(view, "embedding")) {
    if (step === null) continue;
    const gradient = gradients.get(step);
    if (gradient === undefined) return undefined;
    const { rate, perRow } = rateOf(step);
    const moved = rate * perRow * (kind === "sine" ? SINE_RATE : 1);
    const decay = rate * weightDecay;
    steps.push({ rows: positions, sums, gradient, rate: moved, momentum, decay });
  }
  const expected = epochs * batches(plan.seed, 0, rows.train, batchSize).length;
  return steps.length === expected ? steps : undefined;
}

/** x_i · x_j of pairs of rows, one a row. */
function resemblance(x: RealMatrix, left: Uint32Array, right: Uint32Array): RealMatrix {
  const out = matrix(left.length, 1);
  left.forEach((i, pair) => {
    let sum = 0;
    for (let c = 0; c < x.cols; c++) {
      const j = at(right, pair);
      sum += at(x.values, i * x.cols + c) * at(x.values, j * x.cols + c);
    }
    out.values[pair] = sum;
  });
  return out;
}

/** R² of the columns, once known rows have said how the solution is turned. */
function turned(found: RealMatrix, truth: RealMatrix, order: Uint32Array, known: number): number {
  const [given, others] = [order.slice(0, known), order.slice(known, known + PAIRS)];
  if (others.length === 0) return 0;
  const turn = ridge(rowsOf(found, given), rowsOf(truth, given), 1e-3);
  const guess = multiply(rowsOf(found, others), turn);
  return Math.max(0, 1 - relativeError(rowsOf(truth, others), guess));
}

const pick = (next: () => number, rows: number): Uint32Array =>
  Uint32Array.from({ length: PAIRS }, () => Math.floor(next() * rows));

const range = (length: number): Uint32Array => Uint32Array.from({ length }, (_, index) => index);
