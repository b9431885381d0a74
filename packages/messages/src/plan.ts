import { z } from "zod";
import { defenceSchema } from "./defence.ts";
import { dpChoicesSchema, dpSchema } from "./dp.ts";
import { checked } from "./parse.ts";

/** Names a session on its coordinator; also part of every mask's label. */
export const sessionNameSchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, "is not 1 to 64 letters, digits or ._-");

const labelNameSchema = z.string().min(1).max(200);

/** Masked logistic regression, one weight vector a label. */
export const logisticSchema = z.strictObject({
  kind: z.literal("logistic"),
  /** Passes over the training rows. */
  epochs: z.number().int().min(1).max(1000).default(10),
  /** Rows of one step; "auto" fits it to the number of training rows. */
  batchSize: z.union([z.literal("auto"), z.number().int().min(1).max(65_536)]).default("auto"),
  /** Of a batch's mean gradient; decays along half a cosine. */
  learningRate: z.number().positive().max(8).default(0.1),
  /** L2 penalty; keeps logits inside the sigmoid's period. */
  weightDecay: z.number().min(0).max(1).default(1e-3),
});

/** Masked network with one hidden layer of sines. */
export const sineSchema = z.strictObject({
  kind: z.literal("sine"),
  /** Hidden units. */
  hidden: z.number().int().min(1).max(256).default(16),
  epochs: logisticSchema.shape.epochs.unwrap().default(15),
  batchSize: logisticSchema.shape.batchSize,
  learningRate: logisticSchema.shape.learningRate,
  weightDecay: logisticSchema.shape.weightDecay,
});

/** Two towers of ReLU units under a joint ReLU layer; the split protocol alone can train it. */
export const reluSchema = z.strictObject({
  kind: z.literal("relu"),
  /** Units of each party's own layer. */
  tower: z.number().int().min(1).max(1024).default(32),
  /** Width of the cut layer: numbers that cross for each row. */
  hidden: sineSchema.shape.hidden,
  epochs: sineSchema.shape.epochs,
  batchSize: logisticSchema.shape.batchSize,
  /** Three layers deep: the others' rate makes it run away under noise. */
  learningRate: logisticSchema.shape.learningRate.unwrap().default(0.06),
  weightDecay: logisticSchema.shape.weightDecay,
});

/** The joint model; a new kind is one more member of the union. */
export const modelSchema = z.discriminatedUnion("kind", [logisticSchema, sineSchema, reluSchema]);
export type Model = z.infer<typeof modelSchema>;

/** How the joint model is trained: one-time-padded shares, or embeddings and gradients as they are. */
export const protocolSchema = z.enum(["masked", "split"]);
export type Protocol = z.infer<typeof protocolSchema>;

export const alignmentSchema = z.strictObject({
  /** Who helps: the coordinator (keyed tags) or nobody (Diffie-Hellman). */
  method: z.enum(["keyed", "ecdh"]).default("keyed"),
  /** How ids are normalised before they are compared. */
  idRule: z.enum(["exact", "lowercase", "phone", "email"]).default("exact"),
});
export type Alignment = z.infer<typeof alignmentSchema>;

const share = z.number().gt(0).lt(1);

export const partitionSchema = z
  .strictObject({
    train: share.default(0.7),
    validation: share.default(0.1),
    test: share.default(0.2),
  })
  .refine(({ train, validation, test }) => Math.abs(train + validation + test - 1) < 1e-9, {
    message: "train, validation and test do not add up to 1",
  });
export type Partition = z.infer<typeof partitionSchema>;

/** What the plans of all sessions have. */
export const sessionShape = {
  version: z.literal(1),
  session: sessionNameSchema,
  /** Public: orders rows and batches. Not a secret. */
  seed: z.string().min(1).max(200),
  protocol: protocolSchema,
  model: modelSchema,
  labels: z
    .array(labelNameSchema)
    .min(1)
    .max(16)
    .refine((labels) => new Set(labels).size === labels.length, "names a label twice"),
  alignment: alignmentSchema,
  /** What is done to labels, gradients and embeddings before they cross; split protocol alone. */
  defence: defenceSchema,
  /** Noise inside the masks; without it, the trained model may say much about a single user. */
  dp: dpSchema.optional(),
};

/**
 * What a training session computes: public, proposed by commerce, accepted or refused by media
 * and coordinator. All three derive batch order and operation order from it alone.
 */
const planShape = z.strictObject({
  task: z.literal("train"),
  ...sessionShape,
  split: partitionSchema,
});
export const planSchema = planShape
  .refine(({ protocol, model }) => protocol === "split" || model.kind !== "relu", {
    path: ["model", "kind"],
    message: "relu needs comparisons, which the masked protocol has not: use sine",
  })
  .refine(({ protocol, defence }) => protocol === "split" || Object.keys(defence).length === 0, {
    path: ["defence"],
    message: "is for the split protocol: the masked one has nothing to defend",
  })
  .refine(({ protocol, dp }) => protocol === "masked" || dp === undefined, {
    path: ["dp"],
    message: "is for the masked protocol: what crosses in the split one shows each row",
  })
  .refine(({ model, dp }) => model.kind === "logistic" || dp === undefined, {
    path: ["dp"],
    message: "needs the logistic model: nothing bounds a network's gradient under masks",
  });
export type Plan = z.infer<typeof planSchema>;

/** What commerce may leave out: everything but the labels has a default. */
export const planChoicesSchema = planShape
  .omit({ task: true, version: true, session: true, labels: true })
  .extend({
    seed: planSchema.shape.seed.default("1"),
    protocol: planSchema.shape.protocol.default("masked"),
    model: modelSchema.prefault({ kind: "sine" }),
    alignment: alignmentSchema.prefault({}),
    split: partitionSchema.prefault({}),
    defence: defenceSchema.prefault({}),
    dp: dpChoicesSchema
      .extend({ noiseMultiplier: dpSchema.shape.noiseMultiplier.optional() })
      .optional(),
  });
export type PlanChoices = z.input<typeof planChoicesSchema>;

/**
 * A full plan from a session name, labels and whatever else was chosen.
 * @throws MoongateError CONFIG_INVALID for choices that do not go together.
 */
export function makePlan(
  session: string,
  labels: readonly string[],
  choices: PlanChoices = {},
): Plan {
  const chosen = planChoicesSchema.parse(choices);
  const plan = { task: "train", version: 1, session, labels: [...labels], ...chosen };
  return checked(planSchema, plan, "CONFIG_INVALID", "the plan");
}
