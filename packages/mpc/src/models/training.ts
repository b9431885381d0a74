import { WORD } from "../cost.ts";
import { withOnes } from "../features.ts";
import type { Inputs, Machine } from "../machine.ts";
import { maskColumns } from "../operations/mask-columns.ts";
import { reveal } from "../operations/reveal.ts";
import { truncate } from "../operations/truncate.ts";
import type { Side } from "../side.ts";
import type { PrivateMatrix, Shared, VerticalMatrix } from "../values.ts";
import { type LogisticPlan, logistic } from "./logistic.ts";
import { fittingBatchSize, type MaskedModel } from "./model.ts";
import { batches, cosineDecay } from "./schedule.ts";
import { type SinePlan, sine } from "./sine.ts";

export type ModelPlan = LogisticPlan | SinePlan;

/** What all processes know of a training: public, agreed, the same everywhere. */
export interface TrainingPlan {
  /** Public seed of the schedule. */
  readonly seed: string;
  readonly model: ModelPlan;
  /** Number of labels trained at once. */
  readonly labels: number;
  /** Rows in arranged order: training, then validation, then test. */
  readonly rows: { readonly train: number; readonly validation: number; readonly test: number };
  readonly width: Readonly<Record<Side, number>>;
}

export type TrainingPhase = "mask" | "train" | "score";

export interface TrainingOptions {
  readonly plan: TrainingPlan;
  readonly inputs: Inputs;
  readonly onProgress?: (phase: TrainingPhase, done: number, total: number) => void;
}

export interface TrainingOutcome {
  /** The shared parameters: this machine's share of the model. */
  readonly parameters: Readonly<Record<string, Shared>>;
  /** Logits, row-major rows × labels: at commerce and at the twin, undefined elsewhere. */
  readonly scores: { readonly validation: Float64Array; readonly test: Float64Array } | undefined;
}

/** Revealed logits keep 16 fractional bits: enough to rank, too few to solve for media's rows. */
const SCORE_BITS = 16;
const STRETCH_BYTES = 2 << 20;
const SCORE_ROWS = 4096;
/** The last steps still move a little. */
const RATE_FLOOR = 0.02;

/**
 * The whole masked training, for every role: each process runs this one program on its machine.
 *
 * 1. Mask: each side sends its columns once, under the data mask.
 * 2. Train: the schedule's steps.
 * 3. Score: logits of validation and test rows are revealed to commerce, with a ledger line.
 */
export function maskedTraining(m: Machine, options: TrainingOptions): Promise<TrainingOutcome> {
  const { model } = options.plan;
  return model.kind === "sine" ? run(m, sine(model), options) : run(m, logistic, options);
}

async function run<State>(
  m: Machine,
  model: MaskedModel<State>,
  options: TrainingOptions,
): Promise<TrainingOutcome> {
  const { plan, onProgress } = options;
  const { train, validation, test } = plan.rows;
  const rows = train + validation + test;
  const { width, inputs } = withConstant(m, plan.width, rows, options.inputs);
  const x = m.columns(rows, width, model.featureBits, inputs);
  const y = m.privateMatrix("commerce", rows, plan.labels, inputs);

  await maskAllColumns(m, x, (done) => onProgress?.("mask", done, rows));

  const state = model.start(m, x, plan.labels, plan.seed);
  await trainModel(m, model, state, x, y, plan, (done, total) =>
    onProgress?.("train", done, total),
  );

  let scored = 0;
  const score = (what: string, from: number, count: number): Promise<Float64Array | undefined> =>
    revealScores(m, model, state, x, { what, from, count }, (size) => {
      scored += size;
      onProgress?.("score", scored, validation + test);
    });
  const onValidation = await score("validation scores", train, validation);
  const onTest = await score("test scores", train + validation, test);
  return {
    parameters: model.parameters(state),
    scores: onValidation && onTest ? { validation: onValidation, test: onTest } : undefined,
  };
}

/** Commerce's columns get a last one of ones: the intercept. */
function withConstant(
  m: Machine,
  width: Readonly<Record<Side, number>>,
  rows: number,
  inputs: Inputs,
): { width: Record<Side, number>; inputs: Inputs } {
  const wider = { media: width.media, commerce: width.commerce + 1 };
  const own = inputs.features.commerce;
  if (own === undefined || m.role === "media" || m.role === "dealer")
    return { width: wider, inputs };
  const commerce = withOnes(own, { rows, width: width.commerce, whose: "commerce" });
  return { width: wider, inputs: { ...inputs, features: { ...inputs.features, commerce } } };
}

async function maskAllColumns(
  m: Machine,
  x: VerticalMatrix,
  onRows: (done: number) => void,
): Promise<void> {
  const widest = Math.max(x.width.media, x.width.commerce);
  const stretch = Math.max(1, Math.floor(STRETCH_BYTES / (widest * WORD)));
  for (let from = 0; from < x.rows; from += stretch) {
    const to = Math.min(from + stretch, x.rows);
    await m.step(() => m.round(maskColumns(x, from, to)));
    onRows(to);
  }
}

async function trainModel<State>(
  m: Machine,
  model: MaskedModel<State>,
  state: State,
  x: VerticalMatrix,
  y: PrivateMatrix,
  plan: TrainingPlan,
  onStep: (done: number, total: number) => void,
): Promise<void> {
  const { epochs, learningRate, weightDecay } = plan.model;
  const batchSize = fittingBatchSize(plan.model.batchSize, plan.rows.train);
  const total = epochs * Math.ceil(plan.rows.train / batchSize);
  let done = 0;
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (const rows of batches(plan.seed, epoch, plan.rows.train, batchSize)) {
      const current = learningRate * cosineDecay(done / total, RATE_FLOOR);
      const rate = { perRow: current / batchSize, decay: current * weightDecay };
      await m.step(() => model.step(m, state, x, y, rows, rate));
      done += 1;
      onStep(done, total);
    }
  }
}

async function revealScores<State>(
  m: Machine,
  model: MaskedModel<State>,
  state: State,
  x: VerticalMatrix,
  range: { readonly what: string; readonly from: number; readonly count: number },
  onRows: (size: number) => void,
): Promise<Float64Array | undefined> {
  const ledger = { what: range.what, why: "commerce evaluates the model and uses its predictions" };
  const stretches: (Float64Array | undefined)[] = [];
  for (let done = 0; done < range.count; done += SCORE_ROWS) {
    const size = Math.min(SCORE_ROWS, range.count - done);
    const rows = Uint32Array.from({ length: size }, (_, index) => range.from + done + index);
    stretches.push(
      await m.step(async () => {
        const logits = await model.scores(m, state, x, rows);
        const [coarse] = await m.round(truncate(logits, logits.scale - SCORE_BITS));
        const [values] = await m.round(reveal(coarse, "commerce", ledger));
        return values;
      }),
    );
    onRows(size);
  }
  return stretches.every((values) => values !== undefined) ? concatenate(stretches) : undefined;
}

function concatenate(parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    all.set(part, offset);
    offset += part.length;
  }
  return all;
}
