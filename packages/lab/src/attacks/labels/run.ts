import { at } from "@moongate/errors";
import { type RealMatrix, matrixOf, type View } from "@moongate/views";
import {
  type About,
  type Attack,
  type AttackOptions,
  type AttackResult,
  type Leak,
  notApplicable,
  type Part,
  type Truth,
} from "../attack.ts";
import { type Facts, knownRows, type Target, targetsOf } from "../known.ts";
import { LeakMeter, surely } from "../leak.ts";
import { isPerRow, perRow, sampled, type Step, stepsOf } from "../steps.ts";

/** Steps that an attack scores at most, evenly from the first to the last. */
export const MOST_STEPS = 200;

/** What a scorer is made from: one tensor, one label. */
export interface Scene {
  readonly view: View;
  /** All steps, also those that are not scored. */
  readonly steps: readonly Step[];
  readonly tensor: string;
  readonly target: Target;
  /** All labels of the table. */
  readonly targets: readonly Target[];
  /** What an attack has computed of a step for all labels at once; one map a tensor. */
  readonly kept: Map<Step, Float64Array>;
  /** Positions of training rows whose label the adversary knows; they are not scored. */
  readonly known: Uint32Array;
  readonly seed: string;
  /** The tensor's rows at a step; undefined if the step has none. */
  readonly matrixAt: (step: Step) => RealMatrix | undefined;
}

/** Scores of a step's rows, the higher the likelier positive. */
export type Scorer = (step: Step, matrix: RealMatrix) => Float64Array;

export interface Procedure {
  readonly facts: Facts;
  /** The number of known labels if `AttackOptions.known` is absent. */
  readonly known: number;
  /** The per-row tensors of a media view that are read; default: all that came from elsewhere. */
  tensors?(view: View, steps: readonly Step[]): readonly string[];
  /** The reason why the attack does not work on such a view of media's; undefined if it does. */
  refuses?(view: View): string | undefined;
  /** The tensor is of the step as a whole: it is read as it is, not row by row of the batch. */
  readonly whole?: boolean;
  /** The steps that are scored; default: `MOST_STEPS` of all, evenly. */
  scored?(steps: readonly Step[]): readonly Step[];
  /** Makes the scorer of a tensor; undefined where its shape is not what the attack needs. */
  scorer(scene: Scene): Scorer | undefined;
  /** The reason to give if no tensor is left to attack. */
  readonly otherwise: string;
}

/** An attack on labels, with the kind of labels that it and its control must know. */
export interface LabelAttack extends Attack {
  readonly facts: Facts;
  readonly known: number;
}

/** Makes an attack of media on labels out of a way to score the rows of a batch. */
export function labelAttack(about: About, procedure: Procedure): LabelAttack {
  return {
    about,
    facts: procedure.facts,
    known: procedure.known,
    run: (view, truth, options) => runProcedure(about, procedure, view, truth, options),
  };
}

/**
 * Names of the tensors, per row of the batch, that came from elsewhere in training steps: with as
 * many numbers a row in the last step as in the first, whose batches may differ in size.
 */
export function receivedTensors(steps: readonly Step[]): readonly string[] {
  const ends = [steps.at(0), steps.at(-1)].filter((step) => step !== undefined);
  const widths = ends.map(
    ({ positions: { length: n }, tensors }) =>
      new Map(
        [...tensors.values()].flatMap((tensor) =>
          isPerRow(tensor, n) ? [[tensor.name, (tensor.rows * tensor.cols) / n]] : [],
        ),
      ),
  );
  const [first = new Map<string, number>(), last = first] = widths;
  return [...first.keys()].filter((name) => first.get(name) === last.get(name));
}

function runProcedure(
  about: About,
  procedure: Procedure,
  view: View,
  truth: Truth,
  options: AttackOptions,
): AttackResult {
  const { labels } = truth;
  if (labels === undefined) return notApplicable(about, "the true labels are not given");
  if (view.header.process !== "media") {
    return notApplicable(about, `the view is ${view.header.process}'s, the attack media's`);
  }
  const why = procedure.refuses?.(view);
  if (why !== undefined) return notApplicable(about, why);
  const { train } = view.header.rows;
  const steps = stepsOf(view);
  const names = procedure.tensors?.(view, steps) ?? receivedTensors(steps);
  const known = procedure.facts === "none" ? 0 : (options.known ?? procedure.known);
  const { facts } = procedure;
  const scored = procedure.scored?.(steps) ?? sampled(steps, MOST_STEPS);
  const targets = targetsOf(labels, train);
  const found: Measured[] = [];
  for (const tensor of names) {
    const matrices = new Map<Step, RealMatrix>();
    const matrixAt = (step: Step): RealMatrix | undefined => {
      const kept = matrices.get(step);
      if (kept !== undefined) return kept;
      const recorded = step.tensors.get(tensor);
      if (recorded === undefined) return undefined;
      const read =
        procedure.whole === true
          ? matrixOf(view, recorded)
          : perRow(view, recorded, step.positions.length);
      if (scored.length === steps.length || scored.includes(step)) matrices.set(step, read);
      return read;
    };
    const shared = { view, steps, tensor, targets, kept: new Map(), seed: options.seed, matrixAt };
    for (const target of targets) {
      const rows = knownRows(target, train, { facts, known, seed: options.seed });
      const scene: Scene = { ...shared, target, known: rows };
      const scorer = procedure.scorer(scene);
      if (scorer !== undefined) found.push(measure(scene, scorer, scored));
    }
  }
  const result = resultOf(about, found, procedure.otherwise);
  return facts === "none" || !result.applicable ? result : { ...result, known };
}

type Rates = ReturnType<LeakMeter["rates"]>;

interface Measured extends Part {
  readonly halves: readonly [first: Leak | undefined, second: Leak | undefined];
  /** Shares of positives found at few false positives, of all steps and of the second half. */
  readonly rates: readonly [whole: Rates, second: Rates];
  /** Steps of the second half. */
  readonly later: number;
}

function measure(scene: Scene, scorer: Scorer, scored: readonly Step[]): Measured {
  const { target, tensor, known } = scene;
  const [whole, first, second] = [new LeakMeter(), new LeakMeter(), new LeakMeter()];
  const hidden = new Set(known);
  const middle = Math.floor(scored.length / 2);
  let steps = 0;
  scored.forEach((step, index) => {
    const matrix = scene.matrixAt(step);
    if (matrix === undefined) return;
    steps += 1;
    const scores = scorer(step, matrix);
    const kept = Uint32Array.from(step.positions.keys()).filter(
      (row) => !hidden.has(at(step.positions, row)),
    );
    const positions = Uint32Array.from(kept, (row) => at(step.positions, row));
    const ofKept = Float64Array.from(kept, (row) => at(scores, row));
    const labels = Uint8Array.from(positions, (position) => at(target.values, position));
    for (const meter of [whole, index < middle ? first : second]) {
      meter.add(positions, ofKept, labels);
    }
  });
  return {
    tensor,
    label: target.name,
    leak: whole.leak(),
    steps,
    halves: [first.leak(), second.leak()],
    rates: [whole.rates(), second.rates()],
    later: Math.min(steps, scored.length - middle),
  };
}

/** The worst tensor's result; of several the first half of the steps chooses, the second measures. */
function resultOf(about: About, found: readonly Measured[], otherwise: string): AttackResult {
  const [only] = found;
  if (only === undefined) return notApplicable(about, otherwise);
  const parts = found.map(({ tensor, label, leak, steps }) => ({ tensor, label, leak, steps }));
  const worst = found.reduce((a, b) => (surely(b.halves[0]) > surely(a.halves[0]) ? b : a));
  const single = found.length === 1;
  const rates = single ? only.rates[0] : worst.rates[1];
  return {
    about,
    applicable: true,
    leak: single ? only.leak : worst.halves[1],
    steps: single ? only.steps : worst.later,
    tensor: worst.tensor,
    label: worst.label,
    parts,
    details: rates,
  };
}
