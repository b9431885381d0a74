import type { Machine } from "../machine.ts";
import { product } from "../operations/product.ts";
import {
  sineBackward,
  sineForward,
  type SineLayer,
  type SineLayerBits,
} from "../operations/sine-layer.ts";
import { transposedProduct } from "../operations/transposed-product.ts";
import { truncate } from "../operations/truncate.ts";
import { type Shared, totalWidth } from "../values.ts";
import { fraction, type MaskedModel, type StepRates, type SinePlan, split } from "./model.ts";
import { normals } from "./schedule.ts";

/**
 * Fractional bits. The gradient of the hidden weights is at
 * features 12 + error 15 + output weights 11 + cosine 12 = 50, which leaves 12 bits for its
 * magnitude: a sum over 1,024 rows (`SUMMED_ROWS`) that are worth 4 each on average.
 */
export const SINE_BITS = {
  features: 12,
  /** Weights and velocities. */
  weights: 24,
  /** The copy of the output weights a step computes with. */
  output: 11,
  layer: { forward: 10, backward: 5, dealt: 7 } satisfies SineLayerBits,
  sigmoid: { public: 10, dealt: 5 },
} as const;

/**
 * Rows whose part in the hidden weights' gradient is added up before it is truncated. Larger
 * batches are several such sums in the same rounds, so that one budget of bits holds for all.
 */
export const SUMMED_ROWS = 1024;

/** The fractional bits of momentum and decay, which are multiplied as integers. */
const SHRINK_BITS = 30;
/** Hidden weights are in turns, so their gradient in radians is worth 1/2π: near enough 2^-3. */
const TURNS_LOG2 = -3;
/** Spread of a hidden unit's start, in turns, over the whole of a row. */
const START_TURNS = 0.2;

interface SineState {
  /** d × h, in turns. */
  readonly hidden: Shared;
  readonly hiddenVelocity: Shared;
  /** (h + 1) × k, the last row being the bias. */
  readonly output: Shared;
  readonly outputVelocity: Shared;
}

type SineParameters = Readonly<Record<"hidden" | "output", Shared>>;
type SineScoring = Readonly<Record<"scoringHidden" | "scoringOutput", Shared>>;

/** A network of one hidden layer of sines: u = X W1 (in turns), o = sin(2πu) W2 + b. Six rounds a step. */
export const sine = (plan: SinePlan): MaskedModel<SineState, SineParameters, SineScoring> => ({
  architecture: `sine ${plan.hidden}`,
  featureBits: SINE_BITS.features,
  logitBits: SINE_BITS.layer.forward + SINE_BITS.layer.dealt + SINE_BITS.output,

  start(m, x, labels, seed) {
    const [d, h] = [totalWidth(x), plan.hidden];
    const spread = START_TURNS / Math.sqrt(d);
    const first = normals(`${seed} hidden weights`, d * h).map((value) => value * spread);
    return {
      hidden: m.variable(d, h, SINE_BITS.weights, first),
      hiddenVelocity: m.variable(d, h, SINE_BITS.weights),
      output: m.variable(h + 1, labels, SINE_BITS.weights),
      outputVelocity: m.variable(h + 1, labels, SINE_BITS.weights),
    };
  },

  /**
   * 1. u = X W1; with it the velocities' and weights' shrinking, and a copy of W2 with few bits.
   * 2. o = sin(2πu) W2 + b.
   * 3. e = η (sigmoid(o) − y), with a factor η in [1/2, 1) of the learning rate.
   * 4. gW2 = aᵀ e and δ = (e W2ᵀ) ∘ cos(2πu).
   * 5. gW1 = Xᵀ δ, stretch by stretch of the batch; gW2 to the scale of W2.
   * 6. gW1 to the scale of W1. The learning rate's power of two is a way to read the scales.
   */
  async step(m, state, x, targets, rows, rate) {
    const { hidden, hiddenVelocity, output, outputVelocity } = state;
    const { factor, shift } = split(rate.perRow);

    const [u, hiddenSlowed, outputSlowed, coarse] = await m.round(
      product(x, rows, hidden),
      shrink(m, hiddenVelocity, hidden, rate),
      shrink(m, outputVelocity, output, rate),
      truncate(output, output.scale - SINE_BITS.output),
    );
    const [layer] = await m.round(forward(m, u, coarse, plan.hidden));
    const logits = withBias(m, layer, coarse, plan.hidden);

    const [[estimate]] = await m.round(targets.estimate(logits, rows, factor, SINE_BITS.sigmoid));
    const error = targets.error(m, estimate, rows, factor);

    const [gradients] = await m.round(sineBackward(layer, error));
    const bias = m.atScale(m.sumRows(error), gradients.weights.scale);
    const outputGradient = m.timesPowerOfTwo(m.stackRows(gradients.weights, bias), shift);

    const delta = m.timesPowerOfTwo(gradients.hidden, shift + TURNS_LOG2);
    const [outputStep, ...hiddenGradients] = await m.round(
      truncate(outputGradient, outputGradient.scale - SINE_BITS.weights),
      ...stretches(rows.length).map(({ from, to }) =>
        transposedProduct(x, rows.subarray(from, to), m.rowRange(delta, from, to)),
      ),
    );
    update(m, output, outputVelocity, m.add(outputSlowed, outputStep));

    const hiddenSteps = await m.round(
      ...hiddenGradients.map((sum) => truncate(sum, sum.scale - SINE_BITS.weights)),
    );
    const hiddenStep = hiddenSteps.reduce((sum, step) => m.add(sum, step), hiddenSlowed);
    update(m, hidden, hiddenVelocity, hiddenStep);
  },

  /** One round: the output weights of a step. */
  async coarse(m, { hidden, output }) {
    const [coarse] = await m.round(truncate(output, output.scale - SINE_BITS.output));
    return { scoringHidden: hidden, scoringOutput: coarse };
  },

  /** Two rounds. */
  async scores(m, { scoringHidden, scoringOutput }, x, rows) {
    const [u] = await m.round(product(x, rows, scoringHidden));
    const [layer] = await m.round(forward(m, u, scoringOutput, plan.hidden));
    return withBias(m, layer, scoringOutput, plan.hidden);
  },

  parameters: ({ hidden, output }) => ({ hidden, output }),

  restore: (d, labels, load) => ({
    hidden: load("hidden", { rows: d, cols: plan.hidden, scale: SINE_BITS.weights }),
    output: load("output", { rows: plan.hidden + 1, cols: labels, scale: SINE_BITS.weights }),
  }),

  scoringShapes: (d, labels) => ({
    scoringHidden: { rows: d, cols: plan.hidden, scale: SINE_BITS.weights },
    scoringOutput: { rows: plan.hidden + 1, cols: labels, scale: SINE_BITS.output },
  }),
});

const forward = (
  m: Machine,
  u: Shared,
  coarse: Shared,
  hidden: number,
): ReturnType<typeof sineForward> => sineForward(u, m.rowRange(coarse, 0, hidden), SINE_BITS.layer);

function withBias(m: Machine, { output }: SineLayer, coarse: Shared, hidden: number): Shared {
  const bias = m.rowRange(coarse, hidden, hidden + 1);
  return m.addRow(output, m.atScale(bias, output.scale));
}

/** momentum · v + decay · W, in one truncation. */
function shrink(
  m: Machine,
  velocity: Shared,
  weights: Shared,
  { momentum, decay }: StepRates,
): ReturnType<typeof truncate> {
  const whole = 2 ** SHRINK_BITS;
  const slowed = fraction(m, velocity, Math.round(momentum * whole), SHRINK_BITS);
  const decayed = fraction(m, weights, Math.round(decay * whole), SHRINK_BITS);
  return truncate(m.add(slowed, decayed), SHRINK_BITS);
}

function update(m: Machine, weights: Shared, velocity: Shared, step: Shared): void {
  m.assign(velocity, step);
  m.assign(weights, m.subtract(weights, step));
}

/** The stretches of rows that a batch is summed in. */
function stretches(rows: number): { from: number; to: number }[] {
  return Array.from({ length: Math.ceil(rows / SUMMED_ROWS) }, (_, index) => ({
    from: index * SUMMED_ROWS,
    to: Math.min(rows, (index + 1) * SUMMED_ROWS),
  }));
}
