import {
  DEFAULT_MODEL,
  defenceSchema,
  type Model,
  MODELS,
  modelSchema,
  namesOf,
  type Protocol,
  protocolSchema,
} from "@moongate/catalogue";
import { z } from "zod";
import { dpChoicesSchema, dpSchema } from "./dp.ts";
import { checked } from "./parse.ts";

/** Names a session on its coordinator; also part of every mask's label. */
export const sessionNameSchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, "is not 1 to 64 letters, digits or ._-");

const labelNameSchema = z.string().min(1).max(200);

/** The rules of @moongate/alignment. */
const ID_RULES = ["exact", "trimmed", "lowercase", "digits", "email", "phone", "sha256"];

/** One id rule, or several composed with a plus sign, left to right: "email+sha256". */
export const idRuleSchema = z
  .string()
  .max(100)
  .refine((rule) => rule.split("+").every((name) => ID_RULES.includes(name)), {
    message: `is not made of ${ID_RULES.join(", ")}, composed with a plus sign`,
  });

export const alignmentSchema = z.strictObject({
  /**
   * The helper: the coordinator (keyed tags) or nobody (Diffie-Hellman). `hidden`: the coordinator
   * does, and neither party learns which of its users the other has.
   */
  method: z.enum(["keyed", "ecdh", "hidden"]).default("keyed"),
  /** How ids are normalised before they are compared. */
  idRule: idRuleSchema.default("trimmed"),
  /** Secret entries that both parties add to their lists of tags, to notice matches left out. */
  decoys: z.int().min(0).max(65_536).default(64),
  /**
   * The number of slots of hidden alignment: that of both tables' rows together, which tells nothing,
   * or that of their union, which is smaller and tells how many users are common. Padded by default.
   */
  slots: z.enum(["padded", "union"]).optional(),
});
export type Alignment = z.infer<typeof alignmentSchema>;

/** Deviation of media's noise on a logit; 0 is none, and no logit needs more than one of its units. */
export const scoreNoiseSchema = z.number().min(0).max(1);

const trainedBy = (kind: Model["kind"]): readonly Protocol[] => MODELS[kind].protocols;
const NOISY = namesOf(MODELS).filter((kind) => MODELS[kind].takesNoise);

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
  /** Deviation of the noise that media adds to each logit before commerce learns it; masked protocol. */
  scoreNoise: scoreNoiseSchema.optional(),
};

/**
 * What a training session computes: public, proposed by commerce, accepted or refused by media
 * and coordinator. All three derive batch order and operation order from it alone.
 */
const planShape = z.strictObject({
  task: z.literal("train"),
  ...sessionShape,
  split: partitionSchema,
  /** Validation scores are opened to commerce after every epoch; each look has a ledger line. */
  watchValidation: z.literal(true).optional(),
  /**
   * The share of dealings that the parties open and replay, to catch a coordinator that does not deal
   * as its program does.
   */
  auditDealer: z.number().gt(0).max(0.5).optional(),
});
export const planSchema = planShape
  .superRefine(({ protocol, model: { kind } }, context) => {
    const trained = namesOf(MODELS).filter((each) => trainedBy(each).includes(protocol));
    if (trained.includes(kind)) return;
    const other = trained.includes(DEFAULT_MODEL) ? DEFAULT_MODEL : (trained[0] ?? "another");
    const message = `${kind} needs what the ${protocol} protocol has not: use ${other}`;
    context.addIssue({ code: "custom", path: ["model", "kind"], message });
  })
  .refine(({ protocol, defence }) => protocol === "split" || Object.keys(defence).length === 0, {
    path: ["defence"],
    message: "is for the split protocol: the masked one has nothing to defend",
  })
  .refine(({ protocol, alignment }) => protocol === "masked" || alignment.method !== "hidden", {
    path: ["alignment", "method"],
    message:
      "hidden is for the masked protocol: in the split one each row's gradient tells who counts",
  })
  .refine(({ alignment }) => alignment.method === "hidden" || alignment.slots === undefined, {
    path: ["alignment", "slots"],
    message: "is for hidden alignment: the others have one row for each common user",
  })
  .refine(({ protocol, dp }) => protocol === "masked" || dp === undefined, {
    path: ["dp"],
    message: "is for the masked protocol: what crosses in the split one shows each row",
  })
  .refine(({ protocol, watchValidation }) => protocol === "masked" || watchValidation !== true, {
    path: ["watchValidation"],
    message: "is for the masked protocol",
  })
  .refine(({ protocol, scoreNoise }) => protocol === "masked" || scoreNoise === undefined, {
    path: ["scoreNoise"],
    message: "is for the masked protocol: in the split one commerce computes its scores itself",
  })
  .refine(({ protocol, auditDealer }) => protocol === "masked" || auditDealer === undefined, {
    path: ["auditDealer"],
    message: "is for the masked protocol: in the split one nothing is dealt",
  })
  .refine(({ model, dp }) => MODELS[model.kind].takesNoise || dp === undefined, {
    path: ["dp"],
    message: `needs the ${NOISY.join(" or ")} model: nothing bounds another's gradient under masks`,
  });
export type Plan = z.infer<typeof planSchema>;

/** What commerce may leave out: everything but the labels has a default. */
export const planChoicesSchema = planShape
  .omit({ task: true, version: true, session: true, labels: true })
  .extend({
    seed: planSchema.shape.seed.default("1"),
    protocol: planSchema.shape.protocol.default("masked"),
    model: modelSchema.prefault({ kind: DEFAULT_MODEL }),
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
