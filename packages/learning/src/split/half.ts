import { at, MoongateError } from "@moongate/errors";
import type { Engine } from "../engine/engine.ts";
import { checkLayers, copyLayers, type DenseLayer } from "../networks/layers.ts";
import { networkOptimizer } from "../networks/network.ts";
import type { SplitPlan, SplitWidth } from "./plan.ts";
import { type HalfLayers, inputsOf, startHalf } from "./start.ts";

export interface HalfOptions {
  readonly engine: Engine;
  readonly plan: SplitPlan;
  /** Columns of both parties: starts are spread over all of them. */
  readonly width: SplitWidth;
  /**
   * Overrides the plan's seed for the own initial weights. Somebody who knows media's start solves the first
   * embeddings for its features, so a session gives each party a seed of its own; with the plan's
   * at both, the halves of logistic and sine start as `trainNetwork` does.
   */
  readonly seed?: string | undefined;
  /** Layers of a half that was saved, instead of seeded starts. */
  readonly start?: readonly DenseLayer[] | undefined;
  /**
   * Hears, once, that a step would have left a weight that is no finite number. That step is undone
   * and the half learns nothing more. Without it such a step throws SATURATION.
   */
  readonly onRunaway?: (() => void) | undefined;
}

/** Row-major values of one party: |rows| × its columns. */
export type Columns = Float64Array | Float32Array;

/** The layers of a half, changed in place by {@link updater}. */
export function layersOf(options: HalfOptions, side: keyof SplitWidth): HalfLayers {
  const { plan, width, seed = plan.seed, start } = options;
  const own = startHalf({ ...plan, seed }, width, side);
  if (start === undefined) return own;
  const shapes = [...own.bottom, ...own.top];
  checkLayers(start, shapes[0]?.inputs ?? 0, shapes.at(-1)?.outputs ?? 0);
  const fits = shapes.every(
    ({ outputs, activation }, index) =>
      start[index]?.outputs === outputs && start[index].activation === activation,
  );
  if (!fits || start.length !== shapes.length) {
    throw new MoongateError("SHAPE_MISMATCH", "the saved layers are of another network");
  }
  const layers = copyLayers(start);
  const cut = own.bottom.length;
  return { bottom: layers.slice(0, cut), top: layers.slice(cut) };
}

/**
 * Momentum on a half's layers, the bottom first.
 * @throws SATURATION once a weight is not finite, where nobody hears of it: see `onRunaway`.
 */
export function updater(
  { plan, onRunaway }: Pick<HalfOptions, "plan" | "onRunaway">,
  layers: readonly DenseLayer[],
): ReturnType<typeof networkOptimizer> {
  const optimizer = networkOptimizer(plan, layers);
  let standsStill = false;
  return (gradients, rate) => {
    if (standsStill) return;
    const before = onRunaway === undefined ? [] : copyLayers(layers);
    optimizer(gradients, rate);
    if (layers.every(({ weights }) => weights.every(Number.isFinite))) return;
    if (onRunaway === undefined) {
      throw new MoongateError("SATURATION", "the network's weights are not finite numbers");
    }
    layers.forEach(({ weights }, index) => {
      weights.set(at(before, index).weights);
    });
    standsStill = true;
    onRunaway();
  };
}

/** A party's rows as its bottom takes them, in single precision. */
export function bottomInputs(features: Columns, cols: number, rows: number): Float32Array {
  requireLength("features", features, rows, cols);
  return cols === 0 ? new Float32Array(rows * inputsOf(cols)) : Float32Array.from(features);
}

/** @throws SHAPE_MISMATCH */
export function requireLength(
  what: string,
  { length }: ArrayLike<number>,
  rows: number,
  cols: number,
): void {
  if (Number.isInteger(rows) && length === rows * cols) return;
  const cause = `${length} ${what} are no ${rows} rows of ${cols}`;
  throw new MoongateError("SHAPE_MISMATCH", cause);
}
