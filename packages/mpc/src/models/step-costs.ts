import { CostRecorder, type RecordedRound } from "../machines/cost-recorder.ts";
import type { Operation } from "../machine.ts";
import type { Side } from "../side.ts";
import type { Shared } from "../values.ts";
import { logistic } from "./logistic.ts";
import type { MaskedModel, ModelPlan } from "./model.ts";
import { portfolio } from "./portfolio.ts";
import { sine } from "./sine.ts";
import { flaggedTargets, privateTargets } from "./targets.ts";

export interface StepShape {
  /** Feature columns, the constant included. */
  readonly width: Readonly<Record<Side, number>>;
  readonly labels: number;
  /** The rows are slots of a hidden alignment. */
  readonly slots?: boolean;
}

/** The rounds of one training step on a batch of so many rows: from the operations' own declarations. */
export async function stepCosts(
  plan: ModelPlan,
  shape: StepShape,
  batchSize: number,
): Promise<readonly RecordedRound[]> {
  return (await recorded(plan, shape, batchSize)).rounds;
}

/** The operations of one training step. */
export async function stepOperations(
  plan: ModelPlan,
  shape: StepShape,
  batchSize: number,
): Promise<readonly Operation<unknown>[]> {
  return (await recorded(plan, shape, batchSize)).operations;
}

function recorded(plan: ModelPlan, shape: StepShape, batchSize: number): Promise<CostRecorder> {
  if (plan.kind === "logistic") return record(logistic, shape, batchSize);
  return plan.kind === "sine"
    ? record(sine(plan), shape, batchSize)
    : record(portfolio(plan), shape, batchSize);
}

async function record<State, Parameters extends Readonly<Record<string, Shared>>>(
  model: MaskedModel<State, Parameters>,
  { width, labels, slots = false }: StepShape,
  batchSize: number,
): Promise<CostRecorder> {
  const m = new CostRecorder();
  const features = {
    media: new Float64Array(batchSize * width.media),
    commerce: new Float64Array(batchSize * width.commerce),
  };
  const inputs = { features, labels: new Uint8Array(batchSize * labels) };
  const x = m.columns(batchSize, width, model.featureBits, inputs);
  const targets = slots
    ? flaggedTargets(
        m.variable(batchSize, labels, 1),
        m.dealerFlags(batchSize, new Uint8Array(batchSize)),
      )
    : privateTargets(m.privateMatrix("commerce", batchSize, labels, inputs));
  const rows = Uint32Array.from({ length: batchSize }, (_, index) => index);
  const state = model.start(m, x, labels, "costs");
  await model.step(m, state, x, targets, rows, { perRow: 1 / batchSize, decay: 0, momentum: 0.9 });
  return m;
}
