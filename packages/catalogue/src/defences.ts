import { z } from "zod";

/** What a defence works on: commerce's labels, its cut-layer gradients, or media's embeddings. */
export type Place = "labels" | "gradient" | "embedding";

/** How a grid tries a defence: one dial at several strengths. */
export interface Dial {
  /** The setting that is turned. */
  readonly setting: string;
  /** A strength as a reader would write it: "ε = 4". */
  readonly says: (value: number) => string;
  /** True if a larger value protects less. */
  readonly inverse?: true;
  /** Strengths of the quick grid and of the full one. */
  readonly quick: readonly number[];
  readonly full: readonly number[];
  /** Other settings that stay as they are. `prior` is none of them: a grid takes its table's. */
  readonly beside?: Readonly<Record<string, number>>;
}

/** What the rest of Moongate must know of a defence; its step is in the package `defences`. */
export interface DefenceEntry {
  readonly place: Place;
  /** What `--defence` calls it. Its settings follow, in the order of the schema. */
  readonly option: string;
  /** What reports call it. */
  readonly title: string;
  /** Its settings in a plan, `kind` among them. */
  readonly settings: z.ZodObject<{ kind: z.ZodLiteral<string> } & z.ZodRawShape>;
  /** The strengths to choose from; undefined for a defence that has none. */
  readonly dial: Dial | undefined;
}

/**
 * The least ε of a label defence. Targets deviate by about 1/ε from the label, so at 0.01 even a
 * million rows tell the mean of their labels to ±0.1 only: below, nothing is learnt, and far below
 * (1e-16) a draw is fair to the last bit and its correction divides by zero.
 */
export const LEAST_LABEL_EPSILON = 0.01;

const epsilon = z
  .number()
  .min(
    LEAST_LABEL_EPSILON,
    `is below ${LEAST_LABEL_EPSILON}: drawn labels are then so nearly fair coins that nothing can be learnt`,
  )
  .max(100);
const strength = z.number().positive().max(1000);
const share = z.number().gt(0).lt(1);
const settings = <Kind extends string, Shape extends z.ZodRawShape>(kind: Kind, shape: Shape) =>
  z.strictObject({ kind: z.literal(kind), ...shape });

const byEpsilon = {
  setting: "epsilon",
  says: (value: number) => `ε = ${value}`,
  inverse: true,
} as const;
const byMultiplier = {
  setting: "multiplier",
  says: (value: number) => `multiplier ${value}`,
  quick: [0.25, 1],
  full: [0.25, 0.5, 1, 2],
};
/** ε of defences with a prior, which at small ε draw every label alike. */
const withPrior = { ...byEpsilon, quick: [2, 4], full: [1, 2, 4] };

/**
 * The defences of a split training. A new one is one more entry here and its step in the package
 * `defences`: see "Adding a defence" in CONTRIBUTING.md.
 */
export const DEFENCES = {
  /** Each label is kept with probability e^ε / (e^ε + 1), and the loss corrected for it. */
  "randomised-response": {
    ...{ place: "labels", option: "rr", title: "randomised response" },
    settings: settings("randomised-response", { epsilon }),
    dial: { ...byEpsilon, quick: [1, 4], full: [0.5, 1, 2, 4] },
  },
  /** Randomised response restricted to the likely labels, by a public prior of each label. */
  "randomised-response-with-prior": {
    ...{ place: "labels", option: "rr-prior", title: "RR with prior" },
    settings: settings("randomised-response-with-prior", { epsilon, prior: share }),
    dial: withPrior,
  },
  /** Two-stage LP-2ST: the second half's prior comes from a model of the first. */
  "lp-2st": {
    ...{ place: "labels", option: "lp-2st", title: "LP-2ST" },
    settings: settings("lp-2st", { epsilon, prior: share }),
    dial: withPrior,
  },
  /** Each row clipped to a fixed norm, then Gaussian noise of deviation multiplier · clip. */
  gaussian: {
    ...{ place: "gradient", option: "gaussian", title: "clipped Gaussian" },
    settings: settings("gaussian", { clip: strength, multiplier: strength }),
    // Most cut-layer gradients are shorter than 1, so that clipping changes few.
    dial: { ...byMultiplier, beside: { clip: 1 } },
  },
  marvell: {
    ...{ place: "gradient", option: "marvell", title: "Marvell" },
    settings: settings("marvell", { s: strength }),
    dial: { setting: "s", says: (s) => `s = ${s}`, quick: [1, 4], full: [0.5, 1, 2, 4] },
  },
  "max-norm": {
    ...{ place: "gradient", option: "max-norm", title: "max-norm" },
    settings: settings("max-norm", {}),
    dial: undefined,
  },
  isotropic: {
    ...{ place: "gradient", option: "isotropic", title: "isotropic" },
    settings: settings("isotropic", { t: strength }),
    dial: { setting: "t", says: (t) => `t = ${t}`, quick: [1, 3], full: [0.5, 1, 2, 3] },
  },
  /** Values below this quantile of magnitudes stay back and are added to the row's next ones. */
  sparsification: {
    ...{ place: "gradient", option: "sparsification", title: "sparsification" },
    settings: settings("sparsification", { quantile: share }),
    dial: {
      ...{ setting: "quantile", says: (quantile) => `${Math.round(quantile * 100)}%` },
      ...{ quick: [0.5, 0.9], full: [0.5, 0.75, 0.9] },
    },
  },
  discretisation: {
    ...{ place: "gradient", option: "discretisation", title: "discretisation" },
    settings: settings("discretisation", { bins: z.number().int().min(2).max(24) }),
    dial: {
      ...{ setting: "bins", says: (bins) => `${bins} bins`, inverse: true },
      ...{ quick: [12, 2], full: [24, 12, 6, 2] },
    },
  },
  /** Each row clipped to a fixed norm, then Gaussian noise of deviation multiplier · clip. */
  noise: {
    ...{ place: "embedding", option: "noise", title: "noise on embeddings" },
    settings: settings("noise", { clip: strength, multiplier: strength }),
    dial: { ...byMultiplier, beside: { clip: 2 } },
  },
  /** A penalty of that weight on the distance correlation of features and embeddings. */
  "distance-correlation": {
    ...{ place: "embedding", option: "distance-correlation", title: "distance correlation" },
    settings: settings("distance-correlation", { weight: strength }),
    dial: {
      ...{ setting: "weight", says: (weight) => `weight ${weight}` },
      ...{ quick: [10, 100], full: [1, 10, 100, 1000] },
    },
  },
} as const satisfies Readonly<Record<string, DefenceEntry>>;

export type Defences = Readonly<Record<string, DefenceEntry>>;

/** The settings of one defence of the place. */
type SettingsOf<Table extends Defences, At extends Place> = Extract<
  Table[keyof Table],
  { readonly place: At }
>["settings"];

/** The schema of a plan's defences, at most one of each place. */
export function defenceSchemaOf<Table extends Defences>(defences: Table) {
  const at = <At extends Place>(place: At) => {
    const found = Object.values(defences)
      .filter((entry) => entry.place === place)
      .map((entry) => entry.settings) as SettingsOf<Table, At>[];
    return z
      .discriminatedUnion("kind", found as [SettingsOf<Table, At>, ...SettingsOf<Table, At>[]])
      .optional();
  };
  return z.strictObject({
    labels: at("labels"),
    gradient: at("gradient"),
    embedding: at("embedding"),
  });
}

export const defenceSchema = defenceSchemaOf(DEFENCES);
export type DefencePlan = z.infer<typeof defenceSchema>;
export type LabelDefence = NonNullable<DefencePlan["labels"]>;
export type GradientDefence = NonNullable<DefencePlan["gradient"]>;
export type EmbeddingDefence = NonNullable<DefencePlan["embedding"]>;

/** The names of a defence's settings, in the order that the command line takes them. */
export function settingsOf({ settings: { shape } }: DefenceEntry): string[] {
  return Object.keys(shape).filter((name) => name !== "kind");
}
