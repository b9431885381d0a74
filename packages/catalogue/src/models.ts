import { z } from "zod";
import { logisticSchema, portfolioSchema, reluSchema, sineSchema } from "./model-settings.ts";
import type { Protocol } from "./protocols.ts";

/** What the rest of Moongate must know of a kind of model; its program is in `learning` and `mpc`. */
export interface ModelEntry {
  /** What readers call one model of the kind: "sine network". */
  readonly title: string;
  /** What the help of `--model` says of it; empty where the name says enough. */
  readonly help: string;
  /** Its settings in a plan, `kind` among them, each with its default. */
  readonly settings: z.ZodObject<{ kind: z.ZodLiteral<string> } & z.ZodRawShape>;
  /** Who can train it. The masked protocol has no comparisons, so no ReLU. */
  readonly protocols: readonly Protocol[];
  /** What is applied to the sum at the cut layer; "linear" where that sum is the logits. */
  readonly cut: "linear" | "sine" | "relu";
  /** Layers that each party has below the cut. */
  readonly layersBelow: number;
  /** True if a row's gradient is bounded under masks, so that noise there proves an epsilon. */
  readonly takesNoise: boolean;
  /** True if it is several networks of another kind: baselines try it only where the plan asks for it. */
  readonly several: boolean;
}

/**
 * The kinds of model. A new kind is one more entry here, its network in `learning` and, where the
 * masked protocol can train it, its program in `mpc`: see "Adding a model kind" in CONTRIBUTING.md.
 */
export const MODELS = {
  logistic: {
    title: "logistic model",
    help: "",
    settings: logisticSchema,
    protocols: ["masked", "split"],
    ...{ cut: "linear", layersBelow: 1, takesNoise: true, several: false },
  },
  relu: {
    title: "ReLU network",
    help: "two towers; not under masks",
    settings: reluSchema,
    protocols: ["split"],
    ...{ cut: "relu", layersBelow: 2, takesNoise: false, several: false },
  },
  sine: {
    title: "sine network",
    help: "a network",
    settings: sineSchema,
    protocols: ["masked", "split"],
    ...{ cut: "sine", layersBelow: 1, takesNoise: false, several: false },
  },
  portfolio: {
    title: "sine portfolio",
    help: "several networks, weighed on validation rows; under masks alone",
    settings: portfolioSchema,
    protocols: ["masked"],
    ...{ cut: "sine", layersBelow: 1, takesNoise: false, several: true },
  },
} as const satisfies Readonly<Record<string, ModelEntry>>;

export type Models = Readonly<Record<string, ModelEntry>>;
export type ModelKind = keyof typeof MODELS;
/** The settings of a model, defaults filled in. */
export type Model = z.infer<(typeof MODELS)[ModelKind]["settings"]>;

/** The kind that is trained unless another is asked for. */
export const DEFAULT_MODEL = "sine" satisfies ModelKind;

/** The schema of any kind's settings. */
export function modelSchemaOf<Table extends Models>(models: Table) {
  type Settings = Table[keyof Table]["settings"];
  const settings = Object.values(models).map((entry) => entry.settings) as Settings[];
  return z.discriminatedUnion("kind", settings as [Settings, ...Settings[]]);
}

export const modelSchema = modelSchemaOf(MODELS);
export const modelKindSchema = z.enum(namesOf(MODELS));

/** Kinds that no session trains, but that a result is compared with. */
const YARDSTICKS = { boosting: { title: "gradient boosting" } } as const;

/** Every kind that a measured model may have. */
export const COMPARED = { ...MODELS, ...YARDSTICKS };
export const comparedKindSchema = z.enum(namesOf(COMPARED));

/** The kinds that baselines of a plan of that kind try: its own, and all that are one network. */
export function baselineKinds(kind: ModelKind): ModelKind[] {
  return namesOf(MODELS).filter((each) => each === kind || !MODELS[each].several);
}

/** The names of a table's entries, in its order. */
export function namesOf<Table extends object>(table: Table): (keyof Table & string)[] {
  return Object.keys(table) as (keyof Table & string)[];
}

/** True if a model of the kind has a hidden layer, and so a setting for its width. */
export function hasHidden(entry: ModelEntry): boolean {
  return "hidden" in entry.settings.shape;
}
