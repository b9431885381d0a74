import type { DefencePlan } from "@moongate/messages";

/**
 * What the defences of a plan are to a split training: steps on labels, gradients and embeddings
 * before they cross. Federation takes the steps, privacy makes them, and a party's process brings
 * the two together. Steps may keep state: one training, one step object.
 */

/** Commerce, once, before training. */
export interface LabelStep {
  /**
   * What training uses in place of the labels of the training rows, drawn once and kept: asked
   * again for the same labels it answers the same.
   *
   * @param labels row-major rows × count, 0 or 1.
   * @param count labels a row.
   * @returns row-major rows × count: real numbers, not only in [0, 1], for a loss whose derivative
   *   by the logit is p − target.
   * @throws INTERNAL if asked for other labels than the first time; SHAPE_MISMATCH.
   */
  targets(labels: Uint8Array, count: number, rows: number): Float32Array | Promise<Float32Array>;
}

/** What commerce knows of the batch whose gradient is about to cross. */
export interface GradientBatch {
  /** Positions in the arranged training rows, one a row of the gradient. */
  readonly rows: Uint32Array;
  /** The true labels, row-major |rows| × labelCount. */
  readonly labels: Uint8Array;
  readonly labelCount: number;
  /** Columns of the gradient. */
  readonly cut: number;
}

/** Commerce, every step. */
export interface GradientStep {
  /**
   * @param gradient row-major |rows| × cut: of each row's loss by the cut layer, not divided by the
   *   batch size. Left as it is.
   * @returns what crosses, of the same shape.
   * @throws SHAPE_MISMATCH.
   */
  apply(gradient: Float32Array, batch: GradientBatch): Float32Array;
}

/** Media, every step and whenever it scores; it has one of the two functions or both. */
export interface EmbeddingStep {
  /**
   * @param embedding row-major rows × cut. Left as it is.
   * @returns what crosses, of the same shape. Gradients pass it straight through.
   * @throws SHAPE_MISMATCH.
   */
  apply?(
    embedding: Float32Array,
    batch: { readonly rows: number; readonly cut: number },
  ): Float32Array;
  /**
   * Training steps only: the gradient of a penalty by the embedding, to be added to the one that
   * commerce sent, and on its scale (a sum over the batch's rows, not a mean).
   *
   * @param features media's own rows of the batch, row-major rows × cols.
   * @param embedding as the bottom model gave it, row-major rows × cut.
   * @returns row-major rows × cut.
   * @throws SHAPE_MISMATCH.
   */
  penalty?(
    features: Float32Array | Float64Array,
    embedding: Float32Array,
    batch: { readonly rows: number; readonly cols: number; readonly cut: number },
  ): Float32Array;
}

/** Commerce's steps of a plan. */
export interface CommerceDefence {
  readonly labels?: LabelStep | undefined;
  readonly gradient?: GradientStep | undefined;
}

/** Media's steps of a plan. */
export interface MediaDefence {
  readonly embedding?: EmbeddingStep | undefined;
}

/**
 * The model of LP-2ST's first stage, trained by commerce on its own columns: nothing of it crosses.
 *
 * @param train positions of training rows, and their targets, row-major |rows| × count.
 * @param predict positions of other training rows.
 * @returns probabilities of label 1, row-major |predict| × count.
 */
export type StageModel = (
  train: { readonly rows: Uint32Array; readonly targets: Float32Array },
  predict: Uint32Array,
  count: number,
) => ArrayLike<number> | Promise<ArrayLike<number>>;

/**
 * Makes media's steps once the plan is known.
 *
 * @param key 32 secret bytes that all noise is derived of.
 */
export type MediaDefences = (plan: DefencePlan, key: Uint8Array) => MediaDefence;

/** The same for commerce. */
export type CommerceDefences = (
  plan: DefencePlan,
  key: Uint8Array,
  stageModel: StageModel,
) => CommerceDefence;
