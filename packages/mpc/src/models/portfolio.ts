import type { Machine } from "../machine.ts";
import { privateFactors } from "../operations/private-factors.ts";
import { truncate } from "../operations/truncate.ts";
import type { Shared } from "../values.ts";
import { assignMeans } from "./averaging.ts";
import { headsSideBySide, type PlacedHead } from "./heads.ts";
import type { MaskedModel, PortfolioPlan, SinePlan } from "./model.ts";
import { WEIGHT_BITS } from "./selection.ts";
import {
  SINE_BITS,
  sine,
  sineHeads,
  type SineParameters,
  type SineScoring,
  type SineState,
} from "./sine.ts";

interface PortfolioState extends SineState {
  /** Sums of the weights at the snapshots. */
  readonly hiddenSum: Shared;
  readonly outputSum: Shared;
}

/**
 * Several sine networks side by side, each with rates and a start of its own. The last weights of
 * each are averaged; then the outputs are weighted by factors that commerce chose, which makes all
 * of them together one sine network: what is kept and scored with is that.
 */
export function portfolio(
  plan: PortfolioPlan,
): MaskedModel<PortfolioState, SineParameters, SineScoring> {
  const own = plan.heads.map((head, index) => ({
    ...head,
    units: plan.hidden,
    label: ` head ${index + 1}`,
  }));
  const { heads, units } = headsSideBySide(own);
  const trained = sineHeads(`portfolio ${heads.length} of ${plan.hidden}`, own);
  return {
    ...trained,

    start(m, x, labels, seed) {
      const state = trained.start(m, x, labels, seed);
      const { hidden, output } = state;
      return {
        ...state,
        hiddenSum: m.variable(hidden.rows, hidden.cols, hidden.scale),
        outputSum: m.variable(output.rows, output.cols, output.scale),
      };
    },

    averaging: {
      snapshot(m, { hidden, hiddenSum, output, outputSum }) {
        m.assign(hiddenSum, m.add(hiddenSum, hidden));
        m.assign(outputSum, m.add(outputSum, output));
      },
      assignMeans: (m, { hidden, hiddenSum, output, outputSum }, countLog2) =>
        assignMeans(
          m,
          [
            { weights: hidden, sum: hiddenSum },
            { weights: output, sum: outputSum },
          ],
          countLog2,
        ),
    },

    selection: {
      combined: sine(combinedPlan(plan)),
      combine: (m, parameters, weights) => combine(m, parameters, weights, heads, units),
    },
  };
}

/** The sine network that the heads make together. */
export const combinedPlan = ({ heads, hidden, ...schedule }: PortfolioPlan): SinePlan => ({
  ...schedule,
  kind: "sine",
  hidden: heads.length * hidden,
});

/**
 * Σ_k w_k (a_k W_k + b_k) is one layer on top of all heads' units: their weights times w_k, and the
 * sum of the biases times w_k. Two rounds; w stays commerce's secret.
 */
async function combine(
  m: Machine,
  { hidden, output }: SineParameters,
  weights: Uint8Array | undefined,
  heads: readonly PlacedHead[],
  units: number,
): Promise<SineParameters> {
  const { rows, cols } = output;
  const combined = m.variable(units + 1, cols, SINE_BITS.weights);
  const factors = weights && factorsOf(weights, heads, { rows, cols });
  const w = m.privateMatrix("commerce", rows, cols, { features: {}, labels: factors });
  await m.step(async () => {
    const [weighted] = await m.round(privateFactors(w, output, WEIGHT_BITS));
    const bias = m.sumRows(m.rowRange(weighted, units, rows));
    const whole = m.stackRows(m.rowRange(weighted, 0, units), bias);
    const [rounded] = await m.round(truncate(whole, WEIGHT_BITS));
    m.assign(combined, rounded);
  });
  return { hidden, output: combined };
}

/** Each head's weight (heads × labels) for every row of the output weights that is the head's. */
function factorsOf(
  weights: Uint8Array,
  heads: readonly PlacedHead[],
  { rows, cols }: Pick<Shared, "rows" | "cols">,
): Uint8Array {
  const factors = new Uint8Array(rows * cols);
  heads.forEach(({ from, to, bias }, index) => {
    const own = weights.subarray(index * cols, (index + 1) * cols);
    for (let row = from; row < to; row++) factors.set(own, row * cols);
    factors.set(own, bias * cols);
  });
  return factors;
}
