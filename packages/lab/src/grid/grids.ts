import {
  baselineKinds,
  DEFAULT_MODEL,
  hasHidden,
  type ModelKind,
  type Models,
  MODELS,
  namesOf,
  type Protocol,
} from "@moongate/catalogue";
import { makePlan, type Plan, type PlanChoices } from "@moongate/messages";
import { withNoise } from "@moongate/defences";
import { slowAttacks } from "../attacks/all.ts";
import type { TableSpec } from "../tables/table.ts";
import { type GridDefence, gridDefences, type Strengths } from "./defences.ts";
import { type AuditJob, type Cell, type Job, makeAuditJob, makeJob, type Suite } from "./job.ts";

/** All that a grid is made of but its tables and seeds. */
export interface GridShape {
  readonly epochs: number;
  readonly hidden: number;
  readonly strengths: Strengths;
  readonly epsilons: readonly number[];
  /** Trainings with noise in the shares: few large steps. */
  readonly noisy: { readonly epochs: number; readonly learningRate: number; readonly clip: number };
  /** Small models that audit the claim of each epsilon. */
  readonly audit: AuditJob["audit"];
  /** Attacks that a session of each kind is put to. */
  readonly suites: Readonly<Record<SuiteName, Suite>>;
  /** The attacks of the first seed alone: those that are too slow for every seed. */
  readonly once: Readonly<Partial<Record<SuiteName, Suite>>>;
  /** Logistic models under split and masks-off as well, so that each kind has its own control. */
  readonly everyKind: boolean;
}

/** Known rows of attacks that take any. */
const FEW_TO_MANY = [10, 100, 1000];

/** Attacks that a session of each kind is put to. */
type SuiteName =
  | "split"
  | "towers"
  | "gradient"
  | "embedding"
  | "masked"
  | "masksOff"
  | "maskedOther"
  | "noisy";

/** The slow ones: too much for a quick grid, but for a few of its sessions. */
const OF_MEDIA = slowAttacks("slow", "media");
const OF_COMMERCE = slowAttacks("slow", "commerce");
const HEAVIEST = slowAttacks("slowest");

const NONE = { distinguisher: 0, released: false, dishonest: false, models: 0 };
const quickSuite = (without: readonly string[], more: Partial<Suite> = {}): Suite => ({
  ...{ known: [100], without: [...without] },
  ...NONE,
  ...more,
});
const fullSuite = (more: Partial<Suite> = {}): Suite => ({
  ...{ known: FEW_TO_MANY, without: [] },
  ...NONE,
  ...more,
});

/** The grid that takes under five minutes on two cores. */
export const QUICK: GridShape = {
  epochs: 6,
  hidden: 16,
  strengths: "quick",
  epsilons: [8, 4, 1],
  noisy: { epochs: 20, learningRate: 1, clip: 0.5 },
  audit: { trainings: 1000, controls: 200 },
  suites: {
    // No more than elsewhere: the decoder of features takes the most, and this is its control.
    split: quickSuite(HEAVIEST, { known: [10, 100], dishonest: true }),
    towers: quickSuite([...HEAVIEST, ...OF_MEDIA, ...OF_COMMERCE], { known: FEW_TO_MANY }),
    gradient: quickSuite([...HEAVIEST, ...OF_MEDIA, ...OF_COMMERCE]),
    embedding: quickSuite([...HEAVIEST, ...OF_MEDIA]),
    masked: quickSuite([...HEAVIEST, ...OF_COMMERCE], { distinguisher: 1, models: 8 }),
    masksOff: quickSuite([...HEAVIEST, ...OF_MEDIA, ...OF_COMMERCE]),
    maskedOther: quickSuite([...HEAVIEST, ...OF_MEDIA, ...OF_COMMERCE], {
      ...{ models: 8, released: true },
    }),
    noisy: quickSuite([...HEAVIEST, ...OF_MEDIA, ...OF_COMMERCE], { models: 8 }),
  },
  once: {
    split: quickSuite([], { known: [10, 100], dishonest: true }),
    masked: quickSuite([], { distinguisher: 1, released: true, models: 8 }),
    masksOff: quickSuite([], { distinguisher: 1 }),
  },
  everyKind: false,
};

/** Hours: see docs/privacy/benchmark.md. */
export const FULL: GridShape = {
  epochs: 15,
  hidden: 16,
  strengths: "full",
  epsilons: [8, 4, 1],
  noisy: { epochs: 20, learningRate: 1, clip: 0.5 },
  audit: { trainings: 10_000, controls: 4000 },
  suites: {
    split: fullSuite({ dishonest: true }),
    towers: fullSuite({ dishonest: true }),
    gradient: fullSuite({ dishonest: true }),
    embedding: fullSuite(),
    masked: fullSuite({ distinguisher: 2, released: true, models: 32 }),
    masksOff: fullSuite({ distinguisher: 2 }),
    maskedOther: fullSuite({ distinguisher: 2, released: true, models: 32 }),
    noisy: fullSuite({ models: 32 }),
  },
  once: {},
  everyKind: true,
};

/** A table with what its grid must know of it. */
export interface GridTable {
  readonly spec: TableSpec;
  readonly labels: readonly string[];
  /** Public share of positives: published, or 0.5; never counted from the labels it protects. */
  readonly prior: number;
}

/**
 * The jobs of a grid, seed by seed: what is stopped early has whole seeds. Units of one seed have
 * the same rows in the same order, whatever their protocol.
 */
export function gridOf(
  shape: GridShape,
  tables: readonly GridTable[],
  seeds: readonly string[],
): Job[] {
  return seeds.flatMap((seed, at) => {
    const suites = at === 0 ? { ...shape.suites, ...shape.once } : shape.suites;
    return tables.flatMap((table) => jobsOf({ ...shape, suites }, table, seed));
  });
}

/**
 * The audits of a grid: one for each epsilon, whatever the tables and seeds, since an audit has
 * tables of its own. A claim is about the number of epochs and the noise, not about rows.
 */
export function auditsOf(shape: GridShape): AuditJob[] {
  return shape.epsilons.map((epsilon) => {
    const plan = makePlan("lab", ["converts"], withNoise(noisyChoices(shape, epsilon)));
    return makeAuditJob(plan, shape.audit);
  });
}

/** The kind that noise under masks is tried on: nothing bounds the gradients of the others. */
const NOISY: ModelKind = namesOf(MODELS).find((kind) => MODELS[kind].takesNoise) ?? DEFAULT_MODEL;

const noisyChoices = ({ noisy }: GridShape, epsilon: number): PlanChoices => ({
  protocol: "masked",
  model: { kind: NOISY, epochs: noisy.epochs, learningRate: noisy.learningRate },
  dp: { epsilon, clip: noisy.clip },
});

const CORRUPT = ["none", "coordinator", "coordinator+media", "coordinator+commerce"] as const;

function jobsOf(shape: GridShape, { spec, labels, prior }: GridTable, seed: string): Job[] {
  const { epochs, hidden, suites } = shape;
  const model = (kind: ModelKind): PlanChoices["model"] => ({
    kind,
    epochs,
    ...(hasHidden(MODELS[kind]) && !MODELS[kind].several ? { hidden } : {}),
  });
  const planOf = (choices: PlanChoices): Plan =>
    makePlan("lab", labels, withNoise({ ...choices, seed }));
  const cell = (rest: Omit<Cell, "data" | "seed" | "control">): Cell => ({
    ...{ data: spec.name, seed, control: "none" },
    ...rest,
  });

  const alone = (["local", "pooled"] as const).map((protocol) =>
    makeJob(
      spec,
      planOf({ protocol: "masked", model: model(DEFAULT_MODEL) }),
      suites.noisy,
      baselineKinds(DEFAULT_MODEL).map((kind) => cell({ protocol, model: kind })),
    ),
  );
  const split = (kind: ModelKind, suite: Suite, defence?: GridDefence): Job =>
    makeJob(
      spec,
      planOf({
        ...{ protocol: "split", model: model(kind) },
        ...(defence === undefined ? {} : { defence: defence.plan }),
      }),
      suite,
      [
        cell({
          ...{ protocol: "split", model: kind },
          ...(defence === undefined ? {} : { defence: defence.shown }),
        }),
      ],
    );
  const masked = (kind: ModelKind, controls: readonly Cell["control"][]): Job => {
    const plan = planOf({ protocol: "masked", model: model(kind) });
    const cells = controls.map((control) => ({
      ...cell({ protocol: "masked", model: kind }),
      control,
    }));
    const off = controls.includes("masks-off");
    const suite =
      kind === DEFAULT_MODEL ? (off ? suites.masksOff : suites.masked) : suites.maskedOther;
    // Without masks the released model is the same, and so is what it tells of members.
    const own = off ? { ...suite, models: 0, released: false } : suite;
    return makeJob(spec, plan, own, cells);
  };
  const noisy = shape.epsilons.map((epsilon) =>
    makeJob(spec, planOf(noisyChoices(shape, epsilon)), suites.noisy, [
      cell({ protocol: "masked", model: NOISY, epsilon }),
    ]),
  );
  return [
    ...alone,
    ...trainings(shape.everyKind).map(({ kind, protocol, control }) => {
      if (protocol === "split") return split(kind, suites[towers(kind) ? "towers" : "split"]);
      if (control === "masks-off") return masked(kind, ["masks-off"]);
      return masked(kind, kind === DEFAULT_MODEL ? CORRUPT : ["none"]);
    }),
    ...noisy,
    ...gridDefences(shape.strengths, prior).map((defence) =>
      split(
        DEFAULT_MODEL,
        defence.shown.place === "embedding" ? suites.embedding : suites.gradient,
        defence,
      ),
    ),
  ];
}

const towers = (kind: ModelKind): boolean => MODELS[kind].layersBelow > 1;

/** One undefended training of a grid. */
export interface GridTraining<Kind> {
  readonly kind: Kind;
  readonly protocol: Protocol;
  readonly control: "none" | "masks-off";
}

/**
 * The undefended trainings of a grid: the default kind by both protocols and without masks, every
 * other kind by the first protocol that can train it.
 * @param everyKind by every protocol, and without masks, so that each kind has its own control.
 */
export function trainings<Kind extends string = ModelKind>(
  everyKind: boolean,
  models: Models = MODELS,
): GridTraining<Kind>[] {
  const of = (protocol: Protocol, control: "none" | "masks-off" = "none"): GridTraining<Kind>[] =>
    Object.entries(models)
      .filter(([kind, { protocols }]) => {
        const first = kind === DEFAULT_MODEL || (control === "none" && protocols[0] === protocol);
        return protocols.includes(protocol) && (first || everyKind);
      })
      .map(([kind]) => ({ kind: kind as Kind, protocol, control }));
  return [...of("split"), ...of("masked"), ...of("masked", "masks-off")];
}
