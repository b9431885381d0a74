import { type ModelKind, MODELS } from "@moongate/catalogue";
import type { MoongateError } from "@moongate/errors";
import { type Engine, type Examples, type Network, trainNetwork } from "@moongate/learning";
import { type Model, type Plan, type PartitionRows, withoutNoise } from "@moongate/messages";
import { fittingSchedule } from "@moongate/mpc";
import type { PartitionLogits } from "../baseline.ts";
import type { ArrangedFeatures } from "../data.ts";
import { trainPortfolio } from "./portfolio.ts";

/**
 * Training rows of a baseline of the joint model's own kind, at most. It is a yardstick, not a
 * product: more rows would move its AUC by less than the yardstick's own noise, and cost minutes.
 */
export const BASELINE_ROWS = 200_000;

/** Training rows of the other kinds, at most: they only show how much the kind matters. */
export const OTHER_KINDS_ROWS = 50_000;

/** Hidden units of a network where the joint model has none. */
const HIDDEN = 16;

/**
 * The learning rate of baselines of another kind than the plan's, and of ReLU networks, which have one
 * hidden layer here and bear more than the plan's three: chosen on validation rows.
 */
const OTHER_KINDS_RATE = 0.1;

/** The rows that a baseline is trained and scored on. */
export interface BaselineRows {
  readonly engine: Engine;
  readonly plan: Plan;
  readonly rows: PartitionRows;
  /** Columns of one party, or of both. */
  readonly features: readonly ArrangedFeatures[];
  /** 0/1 of all joint rows, row-major rows × labels. */
  readonly labels: Uint8Array;
}

export interface Baseline {
  readonly kind: ModelKind;
  readonly trainedRows: number;
  readonly scores: PartitionLogits;
}

/**
 * A model in the clear, in floating point, on the columns it is given: the joint plan's schedule,
 * whatever its kind, and never with the joint plan's noise.
 * @returns nothing where training diverged: the kind does not suit the plan's rates.
 */
export async function trainBaseline(
  kind: ModelKind,
  { engine, plan, rows, features, labels }: BaselineRows,
): Promise<Baseline | undefined> {
  const { model } = withoutNoise(plan);
  const count = plan.labels.length;
  // Rows are in the order of a hash: the first ones are a random sample.
  const trainedRows = Math.min(rows.train, kind === model.kind ? BASELINE_ROWS : OTHER_KINDS_ROWS);
  const { learningRate, momentum, batchSize } = fittingSchedule(
    { batchSize: model.batchSize, learningRate: rateOf(kind, model) },
    trainedRows,
  );
  try {
    const examples = {
      ...columns(features, 0, trainedRows),
      labels: labels.subarray(0, trainedRows * count),
      labelCount: count,
    };
    const test = rows.train + rows.validation;
    const score = (network: Pick<Network, "predict">): PartitionLogits => ({
      validation: network.predict(columns(features, rows.train, test).features),
      test: network.predict(columns(features, test, test + rows.test).features),
    });
    const common = { engine, hidden: hiddenOf(model), epochs: model.epochs, batchSize, momentum };
    if (kind === "portfolio") {
      const truth = labels.subarray(rows.train * count, test * count);
      const scores = await trainPortfolio(
        { ...common, model, learningRate, seed: plan.seed },
        { examples, truth, score },
      );
      return { kind, trainedRows, scores };
    }
    const network = await trainNetwork(
      { ...common, kind, learningRate, weightDecay: model.weightDecay, seed: plan.seed },
      examples,
    );
    const scores = score(network);
    return { kind, trainedRows, scores };
  } catch (thrown) {
    if ((thrown as Partial<MoongateError>).code === "SATURATION") return undefined;
    throw thrown;
  }
}

const hiddenOf = (model: Model): number => ("hidden" in model ? model.hidden : HIDDEN);

const rateOf = (kind: ModelKind, model: Model): number =>
  kind === model.kind && MODELS[kind].layersBelow === 1 ? model.learningRate : OTHER_KINDS_RATE;

/** Rows of several parties' columns side by side. */
function columns(
  parts: readonly ArrangedFeatures[],
  from: number,
  to: number,
): Pick<Examples, "features" | "rows" | "cols"> {
  const rows = to - from;
  const cols = parts.reduce((sum, part) => sum + part.cols, 0);
  const features = new Float32Array(rows * cols);
  for (let start = from; start < to; start += STRETCH) {
    const end = Math.min(to, start + STRETCH);
    let first = 0;
    for (const part of parts) {
      const values = part.rows(start, end);
      for (let row = 0; row < end - start; row++) {
        const own = values.subarray(row * part.cols, (row + 1) * part.cols);
        features.set(own, (start - from + row) * cols + first);
      }
      first += part.cols;
    }
  }
  return { features, rows, cols };
}

/** Rows encoded at a time. */
const STRETCH = 2048;
