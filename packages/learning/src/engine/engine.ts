import type * as TensorFlow from "@tensorflow/tfjs-core";

/** The API of @tensorflow/tfjs-core, which every engine shares. */
export type Tf = typeof TensorFlow;

export const ENGINE_NAMES = ["native", "wasm", "cpu"] as const;

/**
 * native: libtensorflow through @tensorflow/tfjs-node; wasm: XNNPACK in WebAssembly;
 * cpu: plain JavaScript, for any machine.
 */
export type EngineName = (typeof ENGINE_NAMES)[number];

/** What a user may ask for: `auto` takes the first of the engines that works. */
export type EngineChoice = "auto" | EngineName;

/** A TensorFlow.js engine that has proved its gradients on this machine. */
export interface Engine {
  readonly name: EngineName;
  /** The version of TensorFlow.js. */
  readonly version: string;
  /** The reason why `auto` found no better engine, and how to get it. Show it once. */
  readonly note?: string | undefined;
  readonly tf: Tf;
  /**
   * Makes this the engine that `tf` computes on, which is one per process: call it before every
   * stretch of synchronous work, because others may have run since.
   */
  readonly use: () => void;
}
