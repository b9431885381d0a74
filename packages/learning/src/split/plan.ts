import { hasHidden, MODELS } from "@moongate/catalogue";
import type { NetworkKind } from "../networks/network.ts";
import type { StepRate } from "../networks/optimizers.ts";
import { cosineDecay } from "../networks/schedule.ts";

/** What both parties know of a split training: public and agreed. */
export interface SplitPlan {
  readonly kind: NetworkKind;
  /** Width of the cut layer; that of logistic regression is the number of labels. */
  readonly hidden: number;
  /** Units of each party's own ReLU layer; only `relu` has one. */
  readonly tower: number;
  readonly labels: number;
  readonly epochs: number;
  readonly batchSize: number;
  /** The rate by which a batch's mean gradient moves; decays along half a cosine to 2%. */
  readonly learningRate: number;
  /** L2 penalty on weights and biases. */
  readonly weightDecay: number;
  /** The seed of the initial weights: see {@link SplitWidth}. */
  readonly seed: string;
  /** 0.9 unless given. */
  readonly momentum?: number | undefined;
}

/** Columns of the two parties. Either may be 0: that party then adds nothing. */
export interface SplitWidth {
  readonly media: number;
  readonly commerce: number;
}

/** The rate of one step, and what makes the summed gradient a mean. */
export type Rate = StepRate;

/** Numbers that cross for each row, up and down. */
export function cutWidth({ kind, hidden, labels }: SplitPlan): number {
  return hasHidden(MODELS[kind]) ? hidden : labels;
}

/**
 * The rate of every step of a training, counted from 0: half a cosine over
 * epochs × ⌈trainRows / batchSize⌉ steps, as `trainNetwork` has it. Gradients are divided by the
 * batch size, in a smaller last batch too.
 */
export function splitRates(plan: SplitPlan, trainRows: number): (step: number) => Rate {
  const steps = plan.epochs * Math.ceil(trainRows / plan.batchSize);
  return (step) => ({
    rate: plan.learningRate * cosineDecay(step / steps),
    perRow: 1 / plan.batchSize,
  });
}
