import { z } from "zod";

/** Settings that every kind of model has; a kind may change their defaults. */
export const schedule = {
  /** Passes over the training rows. */
  epochs: z.number().int().min(1).max(1000),
  /** Rows of one step; "auto" fits it to the number of training rows. */
  batchSize: z.union([z.literal("auto"), z.number().int().min(1).max(65_536)]).default("auto"),
  /** The step size on a batch's mean gradient; it decays along half a cosine. */
  learningRate: z.number().min(1e-12).max(8).default(0.1),
  /** L2 penalty; keeps logits inside the sigmoid's period. */
  weightDecay: z.number().min(0).max(1).default(1e-3),
};

/** Masked or split logistic regression, one weight vector a label. */
export const logisticSchema = z.strictObject({
  kind: z.literal("logistic"),
  ...schedule,
  epochs: schedule.epochs.default(10),
});

/** A network with one hidden layer of sines. */
export const sineSchema = z.strictObject({
  kind: z.literal("sine"),
  /** Hidden units. */
  hidden: z.number().int().min(1).max(256).default(16),
  ...schedule,
  epochs: schedule.epochs.default(15),
});

/** Several networks with one hidden layer of sines, side by side; commerce weighs them. */
export const portfolioSchema = z.strictObject({
  kind: z.literal("portfolio"),
  /** Hidden units of each network. */
  hidden: sineSchema.shape.hidden.unwrap().default(8),
  /** The networks, each by factors of the settings below and of its first weights' spread. */
  heads: z
    .array(
      z.strictObject({
        rate: z.number().min(1e-3).max(10),
        decay: z.number().min(0).max(1000),
        start: z.number().positive().max(10).default(1),
      }),
    )
    .min(1)
    .max(12)
    .default([
      { rate: 3, decay: 1, start: 1 },
      { rate: 3, decay: 0.3, start: 1 },
      { rate: 1, decay: 10, start: 1 },
    ]),
  ...schedule,
  epochs: sineSchema.shape.epochs,
});

/** Two towers of ReLU units under a joint ReLU layer. */
export const reluSchema = z.strictObject({
  kind: z.literal("relu"),
  /** Units of each party's own layer. */
  tower: z.number().int().min(1).max(1024).default(32),
  /** Width of the cut layer: numbers that cross for each row. */
  hidden: sineSchema.shape.hidden,
  ...schedule,
  epochs: sineSchema.shape.epochs,
  /** Three layers deep: the others' rate makes it run away under noise. */
  learningRate: schedule.learningRate.unwrap().default(0.06),
});
