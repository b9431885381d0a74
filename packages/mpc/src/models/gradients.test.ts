/**
 * One training step: the masked gradient is the twin's, and the twin's is that of the loss.
 */
import { describe, expect, it } from "vitest";
import type { Inputs, Machine } from "../machine.ts";
import { shareOf } from "../machines/share-arithmetic.ts";
import { valuesOf } from "../machines/twin.ts";
import { table, uniforms } from "../testing/table.ts";
import { runWorld } from "../testing/world.ts";
import { maskColumns } from "../operations/mask-columns.ts";
import type { Shared } from "../values.ts";
import { LOGISTIC_BITS, logistic } from "./logistic.ts";
import type { MaskedModel, SinePlan } from "./model.ts";
import { SIGMOID_COEFFICIENTS, SIGMOID_PERIOD_LOG2 } from "./sigmoid.ts";
import { SINE_BITS, SUMMED_ROWS, sine } from "./sine.ts";
import { privateTargets } from "./targets.ts";

const HIDDEN = 6;
const LABELS = 2;
const WIDTH = { media: 5, commerce: 4 };
const schedule = { epochs: 1, batchSize: 64, learningRate: 1, weightDecay: 0 };
const network = sine({ kind: "sine", hidden: HIDDEN, ...schedule } satisfies SinePlan);

/** Largest difference of a mean gradient, times the square root of the rows. */
const PRECISION = { weights: 0.001, hidden: 0.005, output: 0.04 };

interface Step {
  /** What the weights were, and by how much the step moved them. */
  readonly before: Readonly<Record<string, Shared>>;
  readonly moved: Readonly<Record<string, Shared>>;
}

/** One step of a batch of the first rows, from weights that are nowhere near their start. */
async function step<State extends object, P extends Readonly<Record<string, Shared>>>(
  m: Machine,
  own: Inputs,
  model: MaskedModel<State, P>,
  rows: number,
): Promise<Step> {
  const x = m.columns(rows, WIDTH, model.featureBits, own);
  const y = m.privateMatrix("commerce", rows, LABELS, own);
  await m.step(() => m.round(maskColumns(x, 0, rows)));
  const state = model.start(m, x, LABELS, "start");
  const next = uniforms("weights");
  const before: Record<string, Shared> = {};
  for (const [name, value] of Object.entries<Shared>(model.parameters(state))) {
    const size = name === "hidden" ? 0.15 : 0.7;
    const values = Float64Array.from(
      { length: value.rows * value.cols },
      () => size * (2 * next() - 1),
    );
    before[name] = m.variable(value.rows, value.cols, value.scale, values);
    m.assign(value, before[name]);
  }
  const batch = Uint32Array.from({ length: rows }, (_, row) => row);
  const rate = { perRow: 1 / rows, decay: 0, momentum: 0.9 };
  await m.step(() => model.step(m, state, x, privateTargets(y), batch, rate));
  const moved = Object.entries(before).map(([name, value]) => {
    const after = m.variable(value.rows, value.cols, value.scale);
    m.assign(after, m.subtract(value, model.parameters(state)[name] as Shared));
    return [name, after];
  });
  return { before, moved: Object.fromEntries(moved) as Step["moved"] };
}

const run = (kind: "logistic" | "sine", rows: number) => {
  const shape = { rows: { train: rows, validation: 0, test: 0 }, width: WIDTH, labels: LABELS };
  const { inputs } = table(shape, "gradients");
  return {
    inputs,
    world: runWorld(
      (m, own) => (kind === "sine" ? step(m, own, network, rows) : step(m, own, logistic, rows)),
      inputs,
    ),
  };
};

describe.each([
  ["logistic", LOGISTIC_BITS.weights, 512],
  ["sine", SINE_BITS.weights, 512],
  // Several sums make up one gradient.
  ["sine", SINE_BITS.weights, 2 * SUMMED_ROWS + 100],
] as const)("a masked %s step", (kind, scale, rows) => {
  it(`has the twin's gradients, in batches of ${rows} rows`, async () => {
    const { media, commerce, twin } = await run(kind, rows).world;
    for (const [name, values] of Object.entries(twin.moved)) {
      const theirs = shareOf(commerce.moved[name] as Shared).words();
      const masked = Float64Array.from(
        shareOf(media.moved[name] as Shared).words(),
        (word, at) => Number(BigInt.asIntN(64, word + (theirs[at] ?? 0n))) / 2 ** scale,
      );
      const expected = valuesOf(values);
      // What rounding of dealt sines and features leaves of a mean gradient: rows average it out.
      const precision = PRECISION[name as keyof typeof PRECISION] / Math.sqrt(rows);
      masked.forEach((value, at) => {
        expect(Math.abs(value - (expected[at] ?? Number.NaN)), name).toBeLessThan(precision);
      });
      const largest = Math.max(...expected.map(Math.abs));
      expect(largest, name).toBeGreaterThan(10 * precision);
    }
  });
});

describe.each(["logistic", "sine"] as const)("the twin's %s step", (kind) => {
  it("follows the gradient of its loss, by central differences", async () => {
    const rows = 30;
    const { inputs, world } = run(kind, rows);
    const { before, moved } = (await world).twin;
    const weights = Object.fromEntries(
      Object.entries(before).map(([name, value]) => [name, Float64Array.from(valuesOf(value))]),
    );
    for (const [name, at] of Object.entries(weights)) {
      valuesOf(moved[name] as Shared).forEach((value, index) => {
        const [h, kept] = [1e-5, at[index] ?? 0];
        at[index] = kept + h;
        const up = meanLoss(kind, inputs, rows, weights);
        at[index] = kept - h;
        const difference = (up - meanLoss(kind, inputs, rows, weights)) / (2 * h);
        at[index] = kept;
        // Hidden weights are in turns: a factor 2π, of which the step takes 1/8 for 1/2π a radian.
        const gradient = name === "hidden" ? difference / (2 * Math.PI) / 8 : difference;
        expect(Math.abs(value - gradient), `${name} ${index}`).toBeLessThan(1e-8);
      });
    }
  });
});

type Weights = Readonly<Record<string, Float64Array>>;

/** The loss whose derivative by a logit is the sigmoid's own series less the label. */
function meanLoss(
  kind: "logistic" | "sine",
  inputs: ReturnType<typeof table>["inputs"],
  rows: number,
  weights: Weights,
): number {
  let loss = 0;
  for (let row = 0; row < rows; row++) {
    const x = (["media", "commerce"] as const).flatMap((side) => [
      ...inputs.features[side].subarray(row * WIDTH[side], (row + 1) * WIDTH[side]),
    ]);
    const logits =
      kind === "sine" ? sineLogits(x, weights) : linear(x, weights.weights ?? NONE, LABELS);
    logits.forEach((o, label) => {
      loss += integral(o) - (inputs.labels[row * LABELS + label] ?? 0) * o;
    });
  }
  return loss / rows;
}

const NONE = new Float64Array();

/** x W for one row: W is row-major |x| × cols. */
const linear = (x: readonly number[], w: Float64Array, cols: number): number[] =>
  Array.from({ length: cols }, (_, col) =>
    x.reduce((sum, value, row) => sum + value * (w[row * cols + col] ?? 0), 0),
  );

function sineLogits(x: readonly number[], { hidden, output }: Weights): number[] {
  const activations = linear(x, hidden ?? NONE, HIDDEN).map((turns) =>
    Math.sin(2 * Math.PI * turns),
  );
  return linear([...activations, 1], output ?? NONE, LABELS);
}

/** ∫ (1/2 + Σ c_k sin(2πk o / P)) do. */
function integral(o: number): number {
  const period = 2 ** SIGMOID_PERIOD_LOG2;
  return SIGMOID_COEFFICIENTS.reduce((sum, c, index) => {
    const turn = (2 * Math.PI * (index + 1)) / period;
    return sum - (c / turn) * Math.cos(turn * o);
  }, o / 2);
}
