import { WORD } from "../cost.ts";
import type { Inputs, Machine } from "../machine.ts";
import { maskColumns } from "../operations/mask-columns.ts";
import { reveal } from "../operations/reveal.ts";
import { truncate } from "../operations/truncate.ts";
import type { Side } from "../side.ts";
import type { Rows, Shared, VerticalMatrix } from "../values.ts";
import { LOGISTIC_BITS, type LogisticPlan, logisticScores, trainLogistic } from "./logistic.ts";

/** What all processes know of a training: public, agreed, the same everywhere. */
export interface TrainingPlan {
  /** Public seed of the schedule. */
  readonly seed: string;
  readonly model: LogisticPlan;
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
  readonly weights: Shared;
  /** Logits, row-major rows × labels: at commerce and at the twin, undefined elsewhere. */
  readonly scores: { readonly validation: Float64Array; readonly test: Float64Array } | undefined;
}

/** Revealed logits keep 16 fractional bits: enough to rank, too few to solve for media's rows. */
const SCORE_BITS = 16;
const STRETCH_BYTES = 2 << 20;
const SCORE_ROWS = 4096;

/**
 * The whole masked training, for every role: each process runs this one program on its machine.
 *
 * 1. Mask: each side sends its columns once, under the data mask.
 * 2. Train: the schedule's steps.
 * 3. Score: logits of validation and test rows are revealed to commerce, with a ledger line.
 */
export async function maskedTraining(
  m: Machine,
  options: TrainingOptions,
): Promise<TrainingOutcome> {
  const { plan, inputs, onProgress } = options;
  const rows = plan.rows.train + plan.rows.validation + plan.rows.test;
  const x = m.columns(rows, plan.width, LOGISTIC_BITS.features, inputs);
  const y = m.privateMatrix("commerce", rows, plan.labels, inputs);

  await maskAllColumns(m, x, (done) => onProgress?.("mask", done, rows));

  const weights = await trainLogistic(
    m,
    x,
    y,
    { ...plan.model, seed: plan.seed, trainingRows: plan.rows.train },
    (done, total) => onProgress?.("train", done, total),
  );

  const held = plan.rows.validation + plan.rows.test;
  const score = (what: string, from: number, count: number): Promise<Float64Array | undefined> =>
    revealScores(m, weights, x, { what, from, count }, (done) =>
      onProgress?.("score", from - plan.rows.train + done, held),
    );
  const validation = await score("validation scores", plan.rows.train, plan.rows.validation);
  const test = await score("test scores", plan.rows.train + plan.rows.validation, plan.rows.test);
  return { weights, scores: validation && test ? { validation, test } : undefined };
}

async function maskAllColumns(
  m: Machine,
  x: VerticalMatrix,
  onRows: (done: number) => void,
): Promise<void> {
  const widest = Math.max(x.width.media, x.width.commerce, 1);
  const stretch = Math.max(1, Math.floor(STRETCH_BYTES / (widest * WORD)));
  for (let from = 0; from < x.rows; from += stretch) {
    const to = Math.min(from + stretch, x.rows);
    await m.step(() => m.round(maskColumns(x, from, to)));
    onRows(to);
  }
}

async function revealScores(
  m: Machine,
  weights: Shared,
  x: VerticalMatrix,
  range: { readonly what: string; readonly from: number; readonly count: number },
  onRows: (done: number) => void,
): Promise<Float64Array | undefined> {
  const all = new Float64Array(range.count * weights.cols);
  let seen = false;
  for (let done = 0; done < range.count; ) {
    const size = Math.min(SCORE_ROWS, range.count - done);
    const rows: Rows = Uint32Array.from({ length: size }, (_, i) => range.from + done + i);
    const values = await m.step(async () => {
      const logits = await logisticScores(m, weights, x, rows);
      const [coarse] = await m.round(truncate(logits, logits.scale - SCORE_BITS));
      const why = "commerce evaluates the model and uses its predictions";
      const [revealed] = await m.round(reveal(coarse, "commerce", { what: range.what, why }));
      return revealed;
    });
    if (values !== undefined) {
      all.set(values, done * weights.cols);
      seen = true;
    }
    done += size;
    onRows(done);
  }
  return seen || range.count === 0 ? all : undefined;
}
