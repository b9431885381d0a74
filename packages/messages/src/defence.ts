import { z } from "zod";

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

/** What commerce does to its labels before training, once and for all. */
export const labelDefenceSchema = z.discriminatedUnion("kind", [
  /** Each label is kept with probability e^ε / (e^ε + 1), and the loss corrected for it. */
  z.strictObject({ kind: z.literal("randomised-response"), epsilon }),
  /** Randomised response restricted to the likely labels, by a public prior of each label. */
  z.strictObject({
    kind: z.literal("randomised-response-with-prior"),
    epsilon,
    /** Share of positives that is assumed of every label. */
    prior: z.number().gt(0).lt(1),
  }),
  /** Two-stage LP-2ST: the second half's prior comes from a model of the first. */
  z.strictObject({ kind: z.literal("lp-2st"), epsilon, prior: z.number().gt(0).lt(1) }),
]);
export type LabelDefence = z.infer<typeof labelDefenceSchema>;

/** What commerce does to a batch of cut-layer gradients before they cross to media. */
export const gradientDefenceSchema = z.discriminatedUnion("kind", [
  /** Each row clipped to a fixed norm, then Gaussian noise of deviation multiplier · clip. */
  z.strictObject({ kind: z.literal("gaussian"), clip: strength, multiplier: strength }),
  z.strictObject({ kind: z.literal("marvell"), s: strength }),
  z.strictObject({ kind: z.literal("max-norm") }),
  z.strictObject({ kind: z.literal("isotropic"), t: strength }),
  /** Values below this quantile of magnitudes stay back and are added to the row's next ones. */
  z.strictObject({ kind: z.literal("sparsification"), quantile: z.number().gt(0).lt(1) }),
  z.strictObject({ kind: z.literal("discretisation"), bins: z.number().int().min(2).max(24) }),
]);
export type GradientDefence = z.infer<typeof gradientDefenceSchema>;

/** What media does to a batch of embeddings before they cross to commerce. */
export const embeddingDefenceSchema = z.discriminatedUnion("kind", [
  /** Each row clipped to a fixed norm, then Gaussian noise of deviation multiplier · clip. */
  z.strictObject({ kind: z.literal("noise"), clip: strength, multiplier: strength }),
  /** A penalty of that weight on the distance correlation of features and embeddings. */
  z.strictObject({ kind: z.literal("distance-correlation"), weight: strength }),
]);
export type EmbeddingDefence = z.infer<typeof embeddingDefenceSchema>;

/** The defences of a split training, at most one of each place. */
export const defenceSchema = z.strictObject({
  labels: labelDefenceSchema.optional(),
  gradient: gradientDefenceSchema.optional(),
  embedding: embeddingDefenceSchema.optional(),
});
export type DefencePlan = z.infer<typeof defenceSchema>;
