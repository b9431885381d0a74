import type { DefencePlan } from "@moongate/messages";

/**
 * What a defence is to a split training, by structure: packages that build defences (privacy)
 * declare the same interfaces, and a party's process brings the two together.
 */

/** Commerce, once, before training. */
export interface LabelStep {
  /**
   * @param labels of the training rows, row-major rows × count, 0 or 1.
   * @returns what training uses in their place, of the same shape.
   */
  targets(labels: Uint8Array, count: number, rows: number): Float32Array | Promise<Float32Array>;
}

/** Commerce, every step. */
export interface GradientStep {
  /**
   * @param gradient row-major |rows| × cut, of each row's loss: not divided by the batch size.
   * @returns what crosses, of the same shape.
   */
  apply(
    gradient: Float32Array,
    batch: {
      /** Positions in the arranged training rows. */
      readonly rows: Uint32Array;
      /** True labels, row-major |rows| × labelCount. */
      readonly labels: Uint8Array;
      readonly labelCount: number;
      readonly cut: number;
    },
  ): Float32Array;
}

/** Media, every step (`apply` also where rows are scored). */
export interface EmbeddingStep {
  /** @returns what crosses, row-major rows × cut. */
  apply?(
    embedding: Float32Array,
    batch: { readonly rows: number; readonly cut: number },
  ): Float32Array;
  /** @returns a penalty's gradient by the embedding, added to commerce's: row-major rows × cut. */
  penalty?(
    features: Float32Array | Float64Array,
    embedding: Float32Array,
    batch: { readonly rows: number; readonly cols: number; readonly cut: number },
  ): Float32Array;
}

/** A model of commerce's own columns, for defences that need one; nothing of it crosses. */
export type StageModel = (
  train: { readonly rows: Uint32Array; readonly targets: Float32Array },
  predict: Uint32Array,
  count: number,
) => Promise<ArrayLike<number>>;

/** Commerce's steps of a plan. */
export interface CommerceDefence {
  readonly labels?: LabelStep;
  readonly gradient?: GradientStep;
}

/** Media's steps of a plan. */
export interface MediaDefence {
  readonly embedding?: EmbeddingStep;
}

/** Makes media's steps once the plan is known. @param key 32 bytes that noise is derived of. */
export type MediaDefences = (plan: DefencePlan, key: Uint8Array) => MediaDefence;

/** The same for commerce. */
export type CommerceDefences = (
  plan: DefencePlan,
  key: Uint8Array,
  stageModel: StageModel,
) => CommerceDefence;
