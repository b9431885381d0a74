import type { ModelPlan } from "../models/model.ts";
import type { StepShape } from "../models/step-costs.ts";

/** Rows of the step that the pages of costs are about. */
export const BATCH = 1024;
/** Its columns, the constant included, and labels. */
export const COSTED_SHAPE: StepShape = { width: { media: 32, commerce: 33 }, labels: 1 };
const schedule = { epochs: 1, batchSize: BATCH, learningRate: 0.1, weightDecay: 1e-3 };
/** The models of those pages, under their titles. */
export const COSTED_PLANS: readonly (readonly [string, ModelPlan])[] = [
  ["Logistic regression", { kind: "logistic", ...schedule }],
  ["Sine network, 16 hidden units", { kind: "sine", hidden: 16, ...schedule }],
];
