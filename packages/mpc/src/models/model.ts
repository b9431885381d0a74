import type { Machine } from "../machine.ts";
import type { PrivateMatrix, Rows, Shared, VerticalMatrix } from "../values.ts";

/** What every model's plan has. */
export interface Schedule {
  readonly epochs: number;
  /** Rows of a step; "auto" fits it to the number of training rows. */
  readonly batchSize: number | "auto";
  /** Of the mean gradient of a batch; decays along half a cosine. */
  readonly learningRate: number;
  /** L2 penalty on the weights. */
  readonly weightDecay: number;
}

/**
 * The batch size for so many training rows: given, or the power of two nearest to a fiftieth of
 * the rows, between 32 and 1,024. Small tables need steps, large ones need few messages.
 */
export function fittingBatchSize(batchSize: number | "auto", trainingRows: number): number {
  if (batchSize !== "auto") return batchSize;
  return 2 ** Math.min(10, Math.max(5, Math.round(Math.log2(trainingRows / 50))));
}

/** The rates of one step. */
export interface Rate {
  /** The learning rate over the batch size. */
  readonly perRow: number;
  /** The share of itself a weight loses. */
  readonly decay: number;
}

/**
 * A model that trains under masks. Written once, for all machines; the state is a handful of
 * shared variables.
 */
export interface MaskedModel<State> {
  /** Fractional bits of the features. */
  readonly featureBits: number;
  start(m: Machine, x: VerticalMatrix, labels: number, seed: string): State;
  /** Inside a step of the machine. */
  step(
    m: Machine,
    state: State,
    x: VerticalMatrix,
    y: PrivateMatrix,
    rows: Rows,
    rate: Rate,
  ): Promise<void>;
  /** Logits of the rows (|rows| × labels), fit for truncation: magnitudes below 2^(62 − scale). */
  scores(m: Machine, state: State, x: VerticalMatrix, rows: Rows): Promise<Shared>;
  /** The shared parameters by name: what each party keeps of the model. */
  parameters(state: State): Readonly<Record<string, Shared>>;
}

/** value · numerator / 2^bits at the finer scale: `truncate` brings it back. */
export function fraction(m: Machine, value: Shared, numerator: number, bits: number): Shared {
  return m.timesPowerOfTwo(m.multiplyInteger(value, numerator), -bits);
}
