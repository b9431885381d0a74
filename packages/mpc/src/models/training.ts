import { MoongateError } from "@moongate/errors";
import type { Inputs, Machine } from "../machine.ts";
import { flaggedLabels } from "../operations/flagged-labels.ts";
import { namesOf, SEAL, type SharedValues, valueOf } from "../machines/seal.ts";
import { maskColumns } from "../operations/mask-columns.ts";
import type { PrivateMatrix, Rows, Shared, VerticalMatrix } from "../values.ts";
import { snapshotsOf } from "./averaging.ts";
import { clippedTable } from "./clipping.ts";
import { chooseHeads, type ChosenHeads, headNoise } from "./head-choice.ts";
import { logistic } from "./logistic.ts";
import type { MaskedModel, ScoringModel } from "./model.ts";
import { portfolio } from "./portfolio.ts";
import { batches, rateShape } from "./schedule.ts";
import { scoreTable, SCORING_VERSION } from "./scoring.ts";
import { uniformWeights } from "./selection.ts";
import { noiseDeviation } from "./sensitivity.ts";
import { sine } from "./sine.ts";
import { stepSchedule, trainingSteps } from "./slot-schedule.ts";
import { slotRange, slotsOfBoth } from "./slots.ts";
import { rowsInBytes, rowsOf, withIntercept } from "./table.ts";
import type { TrainingPlan } from "./training-plan.ts";
import { flaggedTargets, privateTargets, type Targets } from "./targets.ts";

export type { TrainingPlan } from "./training-plan.ts";

export type TrainingPhase = "mask" | "train" | "score";

export interface TrainingOptions {
  readonly plan: TrainingPlan;
  readonly inputs: Inputs;
  readonly onProgress?: ((phase: TrainingPhase, done: number, total: number) => void) | undefined;
  /** Receives, before every step, the training rows that it takes. */
  readonly onBatch?: ((step: number, rows: Rows) => void) | undefined;
  /** Receives, after every epoch that was looked at, the logits of the validation rows. */
  readonly onLook?: ((epoch: number, logits: Float64Array) => void) | undefined;
}

export interface TrainingOutcome {
  /**
   * The shared parameters: this machine's share of the model, and beside them what it scores with
   * and the seal of that.
   */
  readonly parameters: Readonly<Record<string, Shared>>;
  /**
   * Logits, row-major rows × labels: at commerce and at the twin, undefined elsewhere. Under hidden
   * alignment, of the slots that commerce has a row in, in their order.
   */
  readonly scores: { readonly validation: Float64Array; readonly test: Float64Array } | undefined;
  /**
   * Logits of the validation rows after each epoch that was looked at, the last one included; where
   * there are no scores there are none.
   */
  readonly looks: readonly Float64Array[];
  /** How commerce weighed the heads of a model that has several: at commerce and at the twin. */
  readonly chosen?: ChosenHeads | undefined;
}

const STRETCH_BYTES = 2 << 20;

/**
 * The whole masked training, for every role: each process runs this one program on its machine.
 *
 * 1. Mask: each side sends the columns of the training rows once, under the data mask. Under hidden
 *    alignment the labels are shared in the same rounds.
 * 2. Train: the schedule's steps.
 * 3. Of a model with several heads: reveal each head's logits of the validation rows to commerce,
 *    which weighs the heads and multiplies their outputs by its secret weights.
 * 4. Seal what the model scores with.
 * 5. Score: logits of validation and test rows are revealed to commerce, with a ledger line,
 *    exactly as a later session would score these rows.
 */
export function maskedTraining(m: Machine, options: TrainingOptions): Promise<TrainingOutcome> {
  const { model, dp } = options.plan;
  if (model.kind === "logistic") return run(m, logistic, options);
  if (dp === undefined) {
    return model.kind === "sine" ? run(m, sine(model), options) : run(m, portfolio(model), options);
  }
  throw new MoongateError("INTERNAL", "nothing bounds the gradients of a sine network for noise");
}

async function run<State, Parameters extends SharedValues, Scoring extends SharedValues>(
  m: Machine,
  model: MaskedModel<State, Parameters, Scoring>,
  { plan, inputs, onProgress, onBatch, onLook }: TrainingOptions,
): Promise<TrainingOutcome> {
  const { train, validation, test } = plan.rows;
  const rows = train + validation + test;
  const own = { rows, width: plan.width, features: inputs.features, users: inputs.users };
  const table = withIntercept(m, clippedTable(own, plan.dp, model.featureBits));
  const { width, features } = rowsOf(table, 0, train);
  const x = m.columns(train, width, model.featureBits, { features });
  const y = m.privateMatrix("commerce", train, plan.labels, trainingLabels(inputs, plan));

  const targets = await maskTable(m, x, y, plan, inputs, (done) => {
    onProgress?.("mask", done, train);
  });

  const state = model.start(m, x, plan.labels, plan.seed);
  // Each look seals the parameters as they are: nothing of it enters the next step.
  type Model = ScoringModel<Parameters, Scoring>;
  const sealed = (of: Model, now: Parameters) => {
    const values = namesOf(now).map((name) => valueOf(now, name));
    return m.seal({ context: sealContext(of, plan), values }, () => of.coarse(m, now));
  };
  const scoreRows = (
    of: Model,
    { scoring, ledger, scoreNoise = plan.scoreNoise, onRows }: ScoredBy<Scoring>,
    [from, to]: readonly [number, number],
  ): Promise<Float64Array | undefined> =>
    scoreTable(m, of, {
      scoring,
      labels: plan.labels * of.heads,
      table: rowsOf(table, from, to),
      slots: plan.hidden && slotRange(inputs, from, to),
      scoreNoise,
      ledger,
      onRows,
    });

  const { averaging, selection } = model;
  const scorer = selection?.combined ?? model;
  const validationRows = [train, train + validation] as const;
  const looks: (Float64Array | undefined)[] = [];
  const look = async (epoch: number): Promise<void> => {
    if (plan.watchValidation !== true || epoch === plan.model.epochs) return;
    const ledger = {
      what: `validation scores after epoch ${epoch}`,
      why: "commerce watches the model while it is trained",
    };
    const mean = inputs.labels && uniformWeights(model.heads, plan.labels);
    const now = model.parameters(state);
    const { values } = await sealed(scorer, (await selection?.combine(m, now, mean)) ?? now);
    const logits = await scoreRows(scorer, { scoring: values, ledger }, validationRows);
    looks.push(logits);
    if (logits !== undefined) onLook?.(epoch, logits);
  };
  const snapshots = snapshotsOf(trainingSteps(plan));
  await trainModel(m, model, state, x, targets, plan, {
    before: (step, rows) => onBatch?.(step, rows),
    body: (step) => {
      if (snapshots.after(step)) averaging?.snapshot(m, state);
    },
    after: (done, total) => onProgress?.("train", done, total),
    epoch: look,
  });
  if (averaging !== undefined) {
    await m.step(() => averaging.assignMeans(m, state, snapshots.countLog2));
  }

  const onRows = (before: number) => (done: number) =>
    onProgress?.("score", before + done, validation + test);
  const trained = model.parameters(state);
  const onHeads = selection && {
    scoring: (await sealed(model, trained)).values,
    ledger: {
      what: `validation scores of ${model.heads} networks`,
      why: "commerce weighs the networks by them",
    },
    scoreNoise: headNoise(plan, model.heads),
    onRows: onRows(0),
  };
  const chosen =
    onHeads &&
    chooseHeads(await scoreRows(model, onHeads, validationRows), model.heads, plan, inputs);
  const parameters = (await selection?.combine(m, trained, chosen?.weights)) ?? trained;

  const { values: scoring, seal } = await sealed(scorer, parameters);
  const score = (what: string, from: number, to: number): Promise<Float64Array | undefined> => {
    const ledger = { what, why: "commerce evaluates the model and uses its predictions" };
    return scoreRows(scorer, { scoring, ledger, onRows: onRows(from - train) }, [from, to]);
  };
  const onValidation =
    selection === undefined
      ? await score("validation scores", ...validationRows)
      : chosen?.validation;
  if (onValidation !== undefined) onLook?.(plan.model.epochs, onValidation);
  const onTest = await score("test scores", train + validation, rows);
  return {
    parameters: { ...parameters, ...scoring, [SEAL]: seal },
    scores: onValidation && onTest ? { validation: onValidation, test: onTest } : undefined,
    looks: [...looks, onValidation].flatMap((scores) => scores ?? []),
    chosen,
  };
}

/** What rows are scored by, and what is said of it. */
interface ScoredBy<Scoring> {
  /** Sealed. */
  readonly scoring: Scoring;
  readonly ledger: { readonly what: string; readonly why: string };
  readonly scoreNoise?: number | undefined;
  readonly onRows?: (done: number) => void;
}

const sealContext = (
  { architecture }: { readonly architecture: string },
  { labels, width }: TrainingPlan,
): string =>
  JSON.stringify(["moongate/1 seal", { architecture, labels, ...width, scoring: SCORING_VERSION }]);

function trainingLabels({ labels }: Inputs, plan: TrainingPlan): Inputs {
  if (labels === undefined) return { features: {} };
  return { features: {}, labels: labels.subarray(0, plan.rows.train * plan.labels) };
}

/** Sends the columns under their mask, and shares the labels where only the dealer knows which count. */
async function maskTable(
  m: Machine,
  x: VerticalMatrix,
  y: PrivateMatrix,
  { hidden }: TrainingPlan,
  inputs: Inputs,
  onRows: (done: number) => void,
): Promise<Targets> {
  const inStretches = async (send: (from: number, to: number) => Promise<unknown>) => {
    const stretch = rowsInBytes(x, STRETCH_BYTES);
    for (let from = 0; from < x.rows; from += stretch) {
      const to = Math.min(from + stretch, x.rows);
      await m.step(() => send(from, to));
      onRows(to);
    }
  };
  if (hidden === undefined) {
    await inStretches((from, to) => m.round(maskColumns(x, from, to)));
    return privateTargets(y);
  }
  const flags = m.dealerFlags(x.rows, slotsOfBoth(slotRange(inputs, 0, x.rows)));
  const labels = m.variable(x.rows, y.cols, 1);
  await inStretches(async (from, to) => {
    const [, part] = await m.round(maskColumns(x, from, to), flaggedLabels(y, flags, from, to));
    m.assignRows(labels, from, part);
  });
  return flaggedTargets(labels, flags);
}

async function trainModel<State, Parameters extends SharedValues>(
  m: Machine,
  model: MaskedModel<State, Parameters>,
  state: State,
  x: VerticalMatrix,
  targets: Targets,
  plan: TrainingPlan,
  on: {
    readonly before: (step: number, rows: Rows) => void;
    /** The last act of each step, inside it. */
    readonly body: (step: number) => void;
    readonly after: (done: number, total: number) => void;
    /** Is called after each epoch; the first is number 1. */
    readonly epoch: (number: number) => Promise<void>;
  },
): Promise<void> {
  const { dp, model: schedule } = plan;
  const { epochs, weightDecay } = schedule;
  const { slots, counted, learningRate, momentum, warmUp } = stepSchedule(plan);
  const total = trainingSteps(plan);
  let done = 0;
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (const rows of batches(plan.seed, epoch, plan.rows.train, slots)) {
      const current = learningRate * rateShape(done, total, warmUp);
      const perRow = current / counted;
      const noise = dp && noiseDeviation(dp, plan, perRow);
      const rate = { perRow, decay: current * weightDecay, momentum, noise };
      on.before(done, rows);
      const step = done;
      await m.step(async () => {
        await model.step(m, state, x, targets, rows, rate);
        on.body(step);
      });
      done += 1;
      on.after(done, total);
    }
    await on.epoch(epoch + 1);
  }
}
