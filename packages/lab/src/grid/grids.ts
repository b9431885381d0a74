import { makePlan, type Plan, type PlanChoices } from "@moongate/messages";
import { withNoise } from "@moongate/defences";
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
  /** In place of those for the first seed alone: what is too slow for every seed. */
  readonly once: Readonly<Partial<Record<SuiteName, Suite>>>;
  /** Logistic models under split and masks-off as well, so that each kind has its own control. */
  readonly everyKind: boolean;
}

/** Known rows of attacks that take any. */
const FEW_TO_MANY = [10, 100, 1000];

/** Attacks that a session of each kind is put to. */
type SuiteName =
  | "split"
  | "relu"
  | "gradient"
  | "embedding"
  | "masked"
  | "masksOff"
  | "maskedLogistic"
  | "noisy";

/** The heavy ones: too much for a quick grid, but for a few of its sessions. */
const OF_MEDIA = ["inference"];
const OF_COMMERCE = ["shadow-inversion"];
const HEAVIEST = ["gram", "generative-regression"];

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

/** Under five minutes on two cores. */
export const QUICK: GridShape = {
  epochs: 6,
  hidden: 16,
  strengths: {
    labels: [1, 4],
    prior: [2, 4],
    gaussian: [0.25, 1],
    marvell: [1, 4],
    isotropic: [1, 3],
    quantiles: [0.5, 0.9],
    bins: [12, 2],
    noise: [0.25, 1],
    correlation: [10, 100],
  },
  epsilons: [8, 4, 1],
  noisy: { epochs: 20, learningRate: 1, clip: 0.5 },
  audit: { trainings: 1000, controls: 200 },
  suites: {
    // No more than elsewhere: the decoder of features takes the most, and this is its control.
    split: quickSuite(HEAVIEST, { known: [10, 100], dishonest: true }),
    relu: quickSuite([...HEAVIEST, ...OF_MEDIA, ...OF_COMMERCE], { known: FEW_TO_MANY }),
    gradient: quickSuite([...HEAVIEST, ...OF_MEDIA, ...OF_COMMERCE]),
    embedding: quickSuite([...HEAVIEST, ...OF_MEDIA]),
    masked: quickSuite([...HEAVIEST, ...OF_COMMERCE], { distinguisher: 1, models: 8 }),
    masksOff: quickSuite([...HEAVIEST, ...OF_MEDIA, ...OF_COMMERCE]),
    maskedLogistic: quickSuite([...HEAVIEST, ...OF_MEDIA, ...OF_COMMERCE], {
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
  strengths: {
    labels: [0.5, 1, 2, 4],
    prior: [1, 2, 4],
    gaussian: [0.25, 0.5, 1, 2],
    marvell: [0.5, 1, 2, 4],
    isotropic: [0.5, 1, 2, 3],
    quantiles: [0.5, 0.75, 0.9],
    bins: [24, 12, 6, 2],
    noise: [0.25, 0.5, 1, 2],
    correlation: [1, 10, 100, 1000],
  },
  epsilons: [8, 4, 1],
  noisy: { epochs: 20, learningRate: 1, clip: 0.5 },
  audit: { trainings: 10_000, controls: 4000 },
  suites: {
    split: fullSuite({ dishonest: true }),
    relu: fullSuite({ dishonest: true }),
    gradient: fullSuite({ dishonest: true }),
    embedding: fullSuite(),
    masked: fullSuite({ distinguisher: 2, released: true, models: 32 }),
    masksOff: fullSuite({ distinguisher: 2 }),
    maskedLogistic: fullSuite({ distinguisher: 2, released: true, models: 32 }),
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

const noisyChoices = ({ noisy }: GridShape, epsilon: number): PlanChoices => ({
  protocol: "masked",
  model: { kind: "logistic", epochs: noisy.epochs, learningRate: noisy.learningRate },
  dp: { epsilon, clip: noisy.clip },
});

const KINDS = ["logistic", "sine", "relu"] as const;
type Kind = (typeof KINDS)[number];
const CORRUPT = ["none", "coordinator", "coordinator+media", "coordinator+commerce"] as const;

function jobsOf(shape: GridShape, { spec, labels, prior }: GridTable, seed: string): Job[] {
  const { epochs, hidden, suites } = shape;
  const model = (kind: Kind): NonNullable<PlanChoices["model"]> =>
    kind === "logistic" ? { kind, epochs } : { kind, epochs, hidden };
  const planOf = (choices: PlanChoices): Plan =>
    makePlan("lab", labels, withNoise({ ...choices, seed }));
  const cell = (rest: Omit<Cell, "data" | "seed" | "control">): Cell => ({
    ...{ data: spec.name, seed, control: "none" },
    ...rest,
  });

  const alone = (["local", "pooled"] as const).map((protocol) =>
    makeJob(
      spec,
      planOf({ protocol: "masked", model: model("sine") }),
      suites.noisy,
      KINDS.map((kind) => cell({ protocol, model: kind })),
    ),
  );
  const split = (kind: Kind, suite: Suite, defence?: GridDefence): Job =>
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
  const masked = (kind: Kind, controls: readonly Cell["control"][]): Job => {
    const plan = planOf({ protocol: "masked", model: model(kind) });
    const cells = controls.map((control) => ({
      ...cell({ protocol: "masked", model: kind }),
      control,
    }));
    const ofSine = controls.includes("masks-off") ? suites.masksOff : suites.masked;
    const suite = kind === "logistic" ? suites.maskedLogistic : ofSine;
    // Without masks the released model is the same, and so is what it tells of members.
    const own = controls.includes("masks-off") ? { ...suite, models: 0, released: false } : suite;
    return makeJob(spec, plan, own, cells);
  };
  const noisy = shape.epsilons.map((epsilon) =>
    makeJob(spec, planOf(noisyChoices(shape, epsilon)), suites.noisy, [
      cell({ protocol: "masked", model: "logistic", epsilon }),
    ]),
  );
  return [
    ...alone,
    split("sine", suites.split),
    split("relu", suites.relu),
    masked("sine", CORRUPT),
    masked("logistic", ["none"]),
    masked("sine", ["masks-off"]),
    ...(shape.everyKind
      ? [masked("logistic", ["masks-off"]), split("logistic", suites.split)]
      : []),
    ...noisy,
    ...gridDefences(shape.strengths, prior).map((defence) =>
      split(
        "sine",
        defence.shown.place === "embedding" ? suites.embedding : suites.gradient,
        defence,
      ),
    ),
  ];
}
