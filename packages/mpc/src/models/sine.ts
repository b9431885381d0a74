import { at } from "@moongate/errors";
import type { Machine, Operation, Results } from "../machine.ts";
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
import { type Head, headsSideBySide, outputOf, type PlacedHead, stackOutputs } from "./heads.ts";
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

/** All heads' weights together: columns of the hidden layer, rows of the output layer. */
export interface SineState {
  /** d × units, in turns. */
  readonly hidden: Shared;
  readonly hiddenVelocity: Shared;
  /** (units + heads) × k: the rows of the units, then a bias for each head. */
  readonly output: Shared;
  readonly outputVelocity: Shared;
}

export type SineParameters = Readonly<Record<"hidden" | "output", Shared>>;
export type SineScoring = Readonly<Record<"scoringHidden" | "scoringOutput", Shared>>;
type SineModel = MaskedModel<SineState, SineParameters, SineScoring>;

/** A network of one hidden layer of sines: u = X W1 (in turns), o = sin(2πu) W2 + b. Six rounds a step. */
export const sine = ({ hidden }: SinePlan): SineModel =>
  sineHeads(`sine ${hidden}`, [{ units: hidden, rate: 1, decay: 1, start: 1, label: "" }]);

/**
 * Networks of one hidden layer of sines each, side by side on the same rows: their first layers are
 * one product, all else is a head's own, so that the cost grows with the sum of their units. They
 * share the six rounds of a step. `scores` gives the logits of the first head, then of the next.
 */
export const sineHeads = (architecture: string, own: readonly Head[]): SineModel => {
  const { heads, units } = headsSideBySide(own);
  return {
    architecture,
    heads: heads.length,
    featureBits: SINE_BITS.features,
    logitBits: SINE_BITS.layer.forward + SINE_BITS.layer.dealt + SINE_BITS.output,

    start(m, x, labels, seed) {
      const d = totalWidth(x);
      const first = new Float64Array(d * units);
      for (const head of heads) {
        const spread = (START_TURNS * head.start) / Math.sqrt(d);
        const width = head.to - head.from;
        normals(`${seed}${head.label} hidden weights`, d * width).forEach((value, index) => {
          const [row, unit] = [Math.floor(index / width), index % width];
          first[row * units + head.from + unit] = value * spread;
        });
      }
      return {
        hidden: m.variable(d, units, SINE_BITS.weights, first),
        hiddenVelocity: m.variable(d, units, SINE_BITS.weights),
        output: m.variable(units + heads.length, labels, SINE_BITS.weights),
        outputVelocity: m.variable(units + heads.length, labels, SINE_BITS.weights),
      };
    },

    /**
     * 1. u = X W1; with it the velocities' and weights' shrinking, and a copy of W2 with few bits.
     * 2. o = sin(2πu) W2 + b, head by head from here on.
     * 3. e = η (sigmoid(o) − y), with a factor η in [1/2, 1) of the head's learning rate.
     * 4. gW2 = aᵀ e and δ = (e W2ᵀ) ∘ cos(2πu).
     * 5. gW1 = Xᵀ δ of all heads, stretch by stretch of the batch; gW2 to the scale of W2.
     * 6. gW1 to the scale of W1. The learning rate's power of two is a way to read the scales.
     */
    async step(m, state, x, targets, rows, rate) {
      const { hidden, hiddenVelocity, output, outputVelocity } = state;
      const rates = heads.map((head) => split(rate.perRow * head.rate));

      const columns = (a: Shared, head: PlacedHead): Shared => m.columnRange(a, head.from, head.to);
      const [[u], hiddenSlowed, outputSlowed, [coarse]] = await inOneRound(
        m,
        [product(x, rows, hidden)],
        heads.map((head) =>
          shrink(m, columns(hiddenVelocity, head), columns(hidden, head), ofHead(rate, head)),
        ),
        heads.map((head) =>
          shrink(
            m,
            outputOf(m, outputVelocity, head),
            outputOf(m, output, head),
            ofHead(rate, head),
          ),
        ),
        [truncate(output, output.scale - SINE_BITS.output)],
      );
      const layers = await m.round(...forward(m, u, coarse, heads));
      const logits = layers.map((layer, k) => withBias(m, layer, coarse, at(heads, k)));

      const estimates = await m.round(
        ...logits.map((each, k) =>
          targets.estimate(each, rows, at(rates, k).factor, SINE_BITS.sigmoid),
        ),
      );
      const errors = estimates.map(([estimate], k) =>
        targets.error(m, estimate, rows, at(rates, k).factor),
      );

      const gradients = await m.round(
        ...layers.map((layer, k) => sineBackward(layer, at(errors, k))),
      );
      const outputGradients = gradients.map(({ weights }, k) => {
        const bias = m.atScale(m.sumRows(at(errors, k)), weights.scale);
        return m.timesPowerOfTwo(m.stackRows(weights, bias), at(rates, k).shift);
      });
      const delta = m.joinColumns(gradients.map((each) => each.hidden));
      const [outputSteps, hiddenSums] = await inOneRound(
        m,
        outputGradients.map((sum) => truncate(sum, sum.scale - SINE_BITS.weights)),
        stretches(rows.length).map(({ from, to }) =>
          transposedProduct(x, rows.subarray(from, to), m.rowRange(delta, from, to)),
        ),
      );
      const nextOutput = outputSteps.map((step, k) => m.add(at(outputSlowed, k), step));
      update(m, output, outputVelocity, stackOutputs(m, nextOutput));

      const hiddenSteps = await inOneRound(
        m,
        ...heads.map((head, k) =>
          hiddenSums.map((all) => {
            const power = at(rates, k).shift + TURNS_LOG2;
            const sum = m.timesPowerOfTwo(columns(all, head), power);
            return truncate(sum, sum.scale - SINE_BITS.weights);
          }),
        ),
      );
      const nextHidden = hiddenSteps.map((steps, k) =>
        steps.reduce((sum, step) => m.add(sum, step), at(hiddenSlowed, k)),
      );
      update(m, hidden, hiddenVelocity, m.joinColumns(nextHidden));
    },

    /** One round: the output weights of a step. */
    async coarse(m, { hidden, output }) {
      const [coarse] = await m.round(truncate(output, output.scale - SINE_BITS.output));
      return { scoringHidden: hidden, scoringOutput: coarse };
    },

    /** Two rounds. */
    async scores(m, { scoringHidden, scoringOutput }, x, rows) {
      const [u] = await m.round(product(x, rows, scoringHidden));
      const layers = await m.round(...forward(m, u, scoringOutput, heads));
      return m.joinColumns(
        layers.map((layer, k) => withBias(m, layer, scoringOutput, at(heads, k))),
      );
    },

    parameters: ({ hidden, output }) => ({ hidden, output }),

    restore: (d, labels, load) => ({
      hidden: load("hidden", { rows: d, cols: units, scale: SINE_BITS.weights }),
      output: load("output", {
        rows: units + heads.length,
        cols: labels,
        scale: SINE_BITS.weights,
      }),
    }),

    scoringShapes: (d, labels) => ({
      scoringHidden: { rows: d, cols: units, scale: SINE_BITS.weights },
      scoringOutput: { rows: units + heads.length, cols: labels, scale: SINE_BITS.output },
    }),
  };
};

/** The rates of one head. */
const ofHead = (rate: StepRates, head: Head): StepRates => ({
  ...rate,
  decay: rate.decay * head.rate * head.decay,
});

const forward = (
  m: Machine,
  u: Shared,
  coarse: Shared,
  heads: readonly PlacedHead[],
): ReturnType<typeof sineForward>[] =>
  heads.map(({ from, to }) =>
    sineForward(m.columnRange(u, from, to), m.rowRange(coarse, from, to), SINE_BITS.layer),
  );

function withBias(m: Machine, { output }: SineLayer, coarse: Shared, { bias }: PlacedHead): Shared {
  return m.addRow(output, m.atScale(m.rowRange(coarse, bias, bias + 1), output.scale));
}

/** Runs several lists of operations in one round; gives their results as lists of the same lengths. */
async function inOneRound<const Lists extends readonly (readonly Operation<Shared>[])[]>(
  m: Machine,
  ...lists: Lists
): Promise<{ -readonly [I in keyof Lists]: Results<Lists[I]> }> {
  const all: readonly Shared[] = await m.round(...(lists.flat() as Operation<Shared>[]));
  let from = 0;
  const results = lists.map(({ length }) => all.slice(from, (from += length)));
  return results as { -readonly [I in keyof Lists]: Results<Lists[I]> };
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
