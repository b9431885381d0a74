import type { Machine } from "../machine.ts";
import type { SharedValues } from "../machines/seal.ts";
import type { Rows, Shared, VerticalMatrix } from "../values.ts";
import type { Targets } from "./targets.ts";

export interface LogisticPlan extends Schedule {
  readonly kind: "logistic";
}

export interface SinePlan extends Schedule {
  readonly kind: "sine";
  /** Number of hidden units. */
  readonly hidden: number;
}

/** Several sine networks, trained side by side and weighted on validation rows. */
export interface PortfolioPlan extends Schedule {
  readonly kind: "portfolio";
  /** Number of hidden units of each network. */
  readonly hidden: number;
  /** Factors of the plan's rates, for each network. */
  readonly heads: readonly {
    readonly rate: number;
    readonly decay: number;
    readonly start: number;
  }[];
}

export type ModelPlan = LogisticPlan | SinePlan | PortfolioPlan;

/** What every model's plan has. */
export interface Schedule {
  readonly epochs: number;
  /** Rows of a step; "auto" fits it to the number of training rows. */
  readonly batchSize: number | "auto";
  /** The factor on the mean gradient of a batch; it decays along half a cosine. */
  readonly learningRate: number;
  /** L2 penalty on the weights. */
  readonly weightDecay: number;
}

/**
 * The batch size for so many training rows: given, or the power of two nearest to a 25th of the
 * rows, between 32 and 1,024. Small tables need steps, large ones need few messages.
 */
export function fittingBatchSize(batchSize: number | "auto", trainingRows: number): number {
  return batchSize === "auto" ? powerOfTwo(trainingRows / 25) : batchSize;
}

/** The batches that learning rate and momentum are told for. */
const referenceBatchSize = (trainingRows: number): number => powerOfTwo(trainingRows / 50);

const powerOfTwo = (rows: number): number =>
  2 ** Math.min(10, Math.max(5, Math.round(Math.log2(rows))));

/** What of a training depends on the size of its batches. */
export interface FittingSchedule {
  readonly batchSize: number;
  readonly learningRate: number;
  /** Share of the velocity that is kept from one step to the next. */
  readonly momentum: number;
  /** True if the learning rate rises over the first steps. */
  readonly warmUp?: boolean | undefined;
}

/** Share of the velocity that is kept from one reference batch to the next. */
export const MOMENTUM = 0.9;

/** Batches beyond so many times the reference learn as these do: a larger rate would run away. */
const MOST_TIMES = 8;

/**
 * Learning rate and momentum are told for batches of a fiftieth of the rows. Larger batches save
 * round trips, and keep what those have for each row: the velocity forgets at the same pace, so
 * momentum 0.9 becomes 0.9^m for batches m times as large, and every row moves the weights as far
 * in the end, so the learning rate grows by m (1 − 0.9^m) / (1 − 0.9), up to m = 8. Smaller ones
 * need no such care. Twice the reference is the default: docs/decisions/0012.
 */
export function fittingSchedule(
  { batchSize, learningRate }: Pick<Schedule, "batchSize" | "learningRate">,
  trainingRows: number,
): FittingSchedule {
  const reference = referenceBatchSize(trainingRows);
  const size = fittingBatchSize(batchSize, trainingRows);
  const times = Math.min(MOST_TIMES, Math.max(1, Math.min(size, trainingRows) / reference));
  const momentum = MOMENTUM ** times;
  const growth = (times * (1 - momentum)) / (1 - MOMENTUM);
  return { batchSize: size, learningRate: learningRate * growth, momentum };
}

/** The rates of one step. */
export interface StepRates {
  readonly momentum: number;
  /** The learning rate over the batch size. */
  readonly perRow: number;
  /** The deviation of each party's noise, in units of the gradient's last place. */
  readonly noise?: bigint | undefined;
  /** The share of itself a weight loses. */
  readonly decay: number;
}

/** How a trained model scores rows under masks. Written once, for all machines. */
export interface ScoringModel<
  Parameters extends SharedValues,
  Scoring extends SharedValues = SharedValues,
> {
  /** What decides the program that scores, beside labels and widths. */
  readonly architecture: string;
  /** Networks that are trained side by side; `scores` gives logits of the first, then of the next. */
  readonly heads: number;
  /** Fractional bits of the features. */
  readonly featureBits: number;
  /** Fractional bits of what `scores` gives. */
  readonly logitBits: number;
  /** What the model scores with: its parameters with as many bits as scores need. One round. */
  coarse(m: Machine, parameters: Parameters): Promise<Scoring>;
  /** Logits of the rows (|rows| × heads · labels), fit for truncation: magnitudes below 2^(62 − scale). */
  scores(m: Machine, scoring: Scoring, x: VerticalMatrix, rows: Rows): Promise<Shared>;
  /** The parameters of a model of d columns, each loaded by its name. */
  restore(d: number, labels: number, load: (name: string, shape: Shape) => Shared): Parameters;
  /** The shapes of what `coarse` gives. */
  scoringShapes(d: number, labels: number): Readonly<Record<keyof Scoring & string, Shape>>;
}

/** A model that trains under masks; the state is a handful of shared variables. */
export interface MaskedModel<
  State,
  Parameters extends SharedValues,
  Scoring extends SharedValues = SharedValues,
> extends ScoringModel<Parameters, Scoring> {
  start(m: Machine, x: VerticalMatrix, labels: number, seed: string): State;
  /** Runs one training step, inside a step of the machine. */
  step(
    m: Machine,
    state: State,
    x: VerticalMatrix,
    targets: Targets,
    rows: Rows,
    rate: StepRates,
  ): Promise<void>;
  /** The trained part of the state: what each party keeps of the model. */
  parameters(state: State): Parameters;
  /** How the last weights are averaged, where they are. */
  readonly averaging?: Averaging<State>;
  /** How heads become one model, where there are several. */
  readonly selection?: HeadSelection<Parameters, Scoring>;
}

/** How a model's last weights are averaged: see `snapshotsOf`. */
interface Averaging<State> {
  /** Adds the weights as they are to their sums. No round. */
  snapshot(m: Machine, state: State): void;
  /** Replaces the weights by the means of 2^countLog2 snapshots. One round, inside a step. */
  assignMeans(m: Machine, state: State, countLog2: number): Promise<void>;
}

/** How commerce makes one model of several heads. */
interface HeadSelection<Parameters extends SharedValues, Scoring extends SharedValues> {
  /** What the heads together are. */
  readonly combined: ScoringModel<Parameters, Scoring>;
  /**
   * The parameters of that, by weights that commerce alone knows. One step of two rounds.
   * @param weights as `selectHeads` gives them; at commerce and the twin.
   */
  combine(m: Machine, parameters: Parameters, weights: Uint8Array | undefined): Promise<Parameters>;
}

/** The shape and the scale of a shared matrix. */
export type Shape = Pick<Shared, "rows" | "cols" | "scale">;

/** value · numerator / 2^bits at the finer scale: `truncate` brings it back. */
export function fraction(m: Machine, value: Shared, numerator: number, bits: number): Shared {
  return m.timesPowerOfTwo(m.multiplyInteger(value, numerator), -bits);
}

/**
 * value = factor · 2^shift with factor in [1/2, 1), for value > 0: exact, and the same on every
 * machine, whatever its logarithm.
 */
export function split(value: number): { readonly factor: number; readonly shift: number } {
  if (!(value > 0 && value < Infinity)) throw new RangeError(`${value} has no power of two`);
  let [factor, shift] = [value, 0];
  while (factor >= 1) [factor, shift] = [factor / 2, shift + 1];
  while (factor < 0.5) [factor, shift] = [factor * 2, shift - 1];
  return { factor, shift };
}
