import { product } from "../operations/product.ts";
import { transposedProduct } from "../operations/transposed-product.ts";
import { truncate } from "../operations/truncate.ts";
import type { Machine, Operation } from "../machine.ts";
import { type Shared, totalWidth } from "../values.ts";
import { fraction, type MaskedModel, MOMENTUM, type StepRates, split } from "./model.ts";

/**
 * Fractional bits. The gradient X 12 + error 34 lands on the scale of the weights, 46, so the
 * update needs no truncation: the learning rate sits in the sigmoid's public factors.
 * X·W is at 58; with the sigmoid's period of 5 bits that fills 63 of the ring's 64.
 */
export const LOGISTIC_BITS = {
  features: 12,
  weights: 46,
  /** The error's bits: public factors and dealt ones together, see `errorBits`. */
  error: 34,
  /** The same under noise, whose steps are of very many rows; the most that public ones take. */
  noisySigmoid: { public: 28, dealt: 6 },
  /** The bits of the weights that score: |logit| < 2^18 then fits. */
  scoring: 32,
} as const;

const MOMENTUM_BITS = 8;
/** Significant bits of the decay: with the weights' 46 they leave 6 for a weight's magnitude. */
const DECAY_BITS = 10;
/** The least decay; a smaller one takes less off any weight than its last place. */
const SMALLEST_DECAY = 2 ** -46;

interface LogisticState {
  readonly weights: Shared;
  readonly velocity: Shared;
}

type LogisticParameters = Readonly<Record<"weights", Shared>>;
type LogisticScoring = Readonly<Record<"scoring", Shared>>;

/** Logistic regression with momentum, for all labels at once. Three rounds a step. */
export const logistic: MaskedModel<LogisticState, LogisticParameters, LogisticScoring> = {
  architecture: "logistic",
  heads: 1,
  featureBits: LOGISTIC_BITS.features,
  logitBits: LOGISTIC_BITS.features + LOGISTIC_BITS.scoring,

  start(m, x, labels) {
    const d = totalWidth(x);
    return {
      weights: m.variable(d, labels, LOGISTIC_BITS.weights),
      velocity: m.variable(d, labels, LOGISTIC_BITS.weights),
    };
  },

  /**
   * 1. o = X W.
   * 2. e = η (sigmoid(o) − y), the learning rate per row η inside the sigmoid's coefficients.
   *    In the same round the old velocity shrinks to 0.9 of itself, and the weights' decay is found.
   * 3. g = Xᵀ e, and for differential privacy the noise of both parties;  v ← 0.9 v + g;
   *    W ← W − v − decay.
   */
  async step(m, { weights, velocity }, x, targets, rows, rate) {
    const [logits] = await m.round(product(x, rows, weights));

    // Momentum as a fraction that truncation can divide by; the decay does not go through it.
    const momentum = Math.round(rate.momentum * 2 ** MOMENTUM_BITS);
    const directly = (1 - MOMENTUM) / (1 - rate.momentum);
    const [[estimate], slowed, decayed] = await m.round(
      targets.estimate(logits, rows, rate.perRow, errorBits(rate)),
      truncate(fraction(m, velocity, momentum, MOMENTUM_BITS), MOMENTUM_BITS),
      decayOf(m, weights, rate.decay * directly),
    );
    const error = targets.error(m, estimate, rows, rate.perRow);

    const [gradient] = await m.round(transposedProduct(x, rows, error));
    const noisy = rate.noise === undefined ? gradient : m.addNoise(gradient, rate.noise);
    const update = m.add(slowed, noisy);
    m.assign(velocity, update);
    m.assign(weights, m.subtract(m.subtract(weights, update), decayed));
  },

  /** One round: coarser weights. */
  async coarse(m, { weights }) {
    const [scoring] = await m.round(truncate(weights, weights.scale - LOGISTIC_BITS.scoring));
    return { scoring };
  },

  /** One round. */
  async scores(m, { scoring }, x, rows) {
    const [logits] = await m.round(product(x, rows, scoring));
    return logits;
  },

  parameters: ({ weights }) => ({ weights }),

  restore: (d, labels, load) => ({
    weights: load("weights", { rows: d, cols: labels, scale: LOGISTIC_BITS.weights }),
  }),

  scoringShapes: (d, labels) => ({
    scoring: { rows: d, cols: labels, scale: LOGISTIC_BITS.scoring },
  }),
};

/** The significant bits of a public factor that the learning rate is inside of. */
const SIGNIFICANT_BITS = 13;

/**
 * The learning rate per row is inside the public factors, whose rounding is a bias: they take as
 * many bits as keep 13 significant ones. The rest is for the dealt sines, whose rounding averages
 * out over rows. With noise the bits are fixed, as the proof of the noise has them.
 */
export function errorBits({ perRow, noise }: Pick<StepRates, "perRow" | "noise">): {
  readonly public: number;
  readonly dealt: number;
} {
  const { error, noisySigmoid } = LOGISTIC_BITS;
  if (noise !== undefined) return noisySigmoid;
  const wanted = SIGNIFICANT_BITS - split(perRow).shift;
  const taken = Math.max(SIGNIFICANT_BITS, Math.min(noisySigmoid.public, wanted));
  return { public: taken, dealt: error - taken };
}

/** decay · W, for a decay of 0 to 1 that is rounded to ten significant bits. */
function decayOf(m: Machine, weights: Shared, decay: number): Operation<Shared> {
  const { factor, shift } = decay < SMALLEST_DECAY ? { factor: 0, shift: 0 } : split(decay);
  const bits = DECAY_BITS - shift;
  return truncate(fraction(m, weights, Math.round(factor * 2 ** DECAY_BITS), bits), bits);
}
