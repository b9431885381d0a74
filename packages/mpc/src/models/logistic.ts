import type { Machine } from "../machine.ts";
import { periodic } from "../operations/periodic.ts";
import { product } from "../operations/product.ts";
import { transposedProduct } from "../operations/transposed-product.ts";
import { truncate } from "../operations/truncate.ts";
import {
  type PrivateMatrix,
  type Rows,
  type Shared,
  totalWidth,
  type VerticalMatrix,
} from "../values.ts";
import { batches, cosineDecay } from "./schedule.ts";
import { sigmoidOptions, sigmoidSeries } from "./sigmoid.ts";

export interface LogisticPlan {
  readonly kind: "logistic";
  readonly epochs: number;
  readonly batchSize: number;
  /** Of the mean gradient of a batch; decays along half a cosine. */
  readonly learningRate: number;
  /** L2 penalty; keeps logits inside the sigmoid's period. */
  readonly weightDecay: number;
}

/**
 * Fractional bits. The gradient X 12 + error 34 lands on the scale of the weights, 46, so the
 * update needs no truncation: the learning rate sits in the sigmoid's public factors.
 * X·W is at 58; with the sigmoid's period of 5 bits that fills 63 of the ring's 64.
 */
export const LOGISTIC_BITS = { features: 12, public: 24, dealt: 10, weights: 46 } as const;

const MOMENTUM_BITS = 8;
/** Momentum 0.9, as a fraction that truncation can divide by. */
const MOMENTUM = Math.round(0.9 * 2 ** MOMENTUM_BITS);
const DECAY_BITS = 20;
const DECAY_FLOOR = 0.02;

export interface LogisticState {
  readonly weights: Shared;
  readonly velocity: Shared;
}

export function startLogistic(m: Machine, x: VerticalMatrix, labels: number): LogisticState {
  const d = totalWidth(x);
  return {
    weights: m.variable(d, labels, LOGISTIC_BITS.weights),
    velocity: m.variable(d, labels, LOGISTIC_BITS.weights),
  };
}

/**
 * One step of masked logistic regression with momentum, for all labels at once. Three rounds.
 *
 * 1. o = X W.
 * 2. e = η (sigmoid(o) − y), the learning rate per row η inside the sigmoid's coefficients.
 *    In the same round the old velocity shrinks to 0.9 of itself, and the weights' decay is found.
 * 3. g = Xᵀ e;  v ← 0.9 v + g;  W ← W − v − decay.
 */
export async function logisticStep(
  m: Machine,
  { weights, velocity }: LogisticState,
  x: VerticalMatrix,
  y: PrivateMatrix,
  rows: Rows,
  rate: { readonly perRow: number; readonly decay: number },
): Promise<void> {
  const [logits] = await m.round(product(x, rows, weights));

  const { public: publicBits, dealt } = LOGISTIC_BITS;
  const [[estimate], slowed, decayed] = await m.round(
    periodic(logits, [sigmoidSeries(rate.perRow)], sigmoidOptions(publicBits, dealt)),
    truncate(fraction(m, velocity, MOMENTUM, MOMENTUM_BITS), MOMENTUM_BITS),
    truncate(
      fraction(m, weights, Math.round(rate.decay * 2 ** DECAY_BITS), DECAY_BITS),
      DECAY_BITS,
    ),
  );
  const error = m.subtractPrivate(estimate as Shared, y, rows, rate.perRow);

  const [gradient] = await m.round(transposedProduct(x, rows, error));
  const step = m.add(slowed, gradient);
  m.assign(velocity, step);
  m.assign(weights, m.subtract(m.subtract(weights, step), decayed));
}

/** value · numerator / 2^bits, still at the finer scale: truncate brings it back. */
function fraction(m: Machine, value: Shared, numerator: number, bits: number): Shared {
  return m.timesPowerOfTwo(m.multiplyInteger(value, numerator), -bits);
}

/** Train for all epochs of the plan. Steps are numbered alike on all machines. */
export async function trainLogistic(
  m: Machine,
  x: VerticalMatrix,
  y: PrivateMatrix,
  plan: LogisticPlan & { readonly seed: string; readonly trainingRows: number },
  onStep?: (done: number, total: number) => void,
): Promise<Shared> {
  const state = startLogistic(m, x, y.cols);
  const perEpoch = Math.ceil(plan.trainingRows / plan.batchSize);
  const total = plan.epochs * perEpoch;
  let done = 0;
  for (let epoch = 0; epoch < plan.epochs; epoch++) {
    for (const rows of batches(plan.seed, epoch, plan.trainingRows, plan.batchSize)) {
      const learningRate = plan.learningRate * cosineDecay(done / total, DECAY_FLOOR);
      const rate = {
        perRow: learningRate / plan.batchSize,
        decay: learningRate * plan.weightDecay,
      };
      await m.step(() => logisticStep(m, state, x, y, rows, rate));
      done += 1;
      onStep?.(done, total);
    }
  }
  return state.weights;
}

/**
 * Logits of the rows, for truncation and reveal: the weights at 32 bits (so that |o| < 2^18 fits)
 * times the features. Two rounds.
 */
export async function logisticScores(
  m: Machine,
  weights: Shared,
  x: VerticalMatrix,
  rows: Rows,
): Promise<Shared> {
  const [coarse] = await m.round(truncate(weights, LOGISTIC_BITS.weights - 32));
  const [logits] = await m.round(product(x, rows, coarse));
  return logits;
}
