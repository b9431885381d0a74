import { at } from "@moongate/errors";
import type { About, Attack } from "../attack.ts";
import type { DenseLayer } from "@moongate/learning";
import { type RealMatrix, matrixOf, named, type View } from "@moongate/views";
import { joined, matrix, multiply, transposed } from "../numeric/matrices.ts";

/**
 * A joint model whose parameters the adversary knows: dense layers on all columns, media's first.
 * In no protocol here does commerce hold media's part of the model; an attack that takes one of these
 * asks what would leak if the model were released, as it is to be when others shall use it.
 * `maskedModel` and `splitModel` make one of what a training left.
 */
export class ReleasedModel {
  readonly layers: readonly DenseLayer[];

  constructor(layers: readonly DenseLayer[]) {
    this.layers = layers;
  }

  /** Logits of rows, |rows| × labels. */
  logits(media: RealMatrix, commerce: RealMatrix): RealMatrix {
    return this.#states(media, commerce).at(-1)?.output ?? media;
  }

  /** The gradient by media's columns of a loss, from its gradient by the logits. */
  gradient(media: RealMatrix, commerce: RealMatrix, byLogits: RealMatrix): RealMatrix {
    const states = this.#states(media, commerce);
    let back = byLogits;
    for (let index = states.length - 1; index >= 0; index--) {
      const state = states[index];
      if (state === undefined) break;
      const slope = { ...back, values: back.values.map((g, i) => g * state.slope(i)) };
      back = multiply(slope, transposed(state.weights));
    }
    const out = matrix(media.rows, media.cols);
    for (let row = 0; row < media.rows; row++) {
      out.values.set(
        back.values.subarray(row * back.cols, row * back.cols + media.cols),
        row * media.cols,
      );
    }
    return out;
  }

  #states(media: RealMatrix, commerce: RealMatrix): State[] {
    const states: State[] = [];
    let input = joined(media, commerce);
    for (const layer of this.layers) {
      const state = stateOf(layer, input);
      states.push(state);
      input = state.output;
    }
    return states;
  }
}

interface State {
  readonly weights: RealMatrix;
  readonly output: RealMatrix;
  slope(index: number): number;
}

function stateOf({ inputs, outputs, activation, weights }: DenseLayer, input: RealMatrix): State {
  const matrixOfLayer = matrix(inputs, outputs, weights.subarray(0, inputs * outputs));
  const bias = weights.subarray(inputs * outputs);
  const sums = multiply(input, matrixOfLayer);
  const z = sums.values.map((value, index) => value + at(bias, index % outputs));
  const { value, slope } = ACTIVATIONS[activation];
  return {
    weights: matrixOfLayer,
    output: { ...sums, values: z.map(value) },
    slope: (index) => slope(at(z, index)),
  };
}

const ACTIVATIONS: Readonly<
  Record<DenseLayer["activation"], { value: (z: number) => number; slope: (z: number) => number }>
> = {
  linear: { value: (z) => z, slope: () => 1 },
  relu: { value: (z) => Math.max(0, z), slope: (z) => (z > 0 ? 1 : 0) },
  sine: { value: Math.sin, slope: Math.cos },
  tanh: { value: Math.tanh, slope: (z) => 1 - Math.tanh(z) ** 2 },
};

/** The rows whose scores commerce was told, with its own columns. */
export interface ScoredRows {
  /** Positions in the joint table: validation and test rows. */
  readonly positions: Uint32Array;
  readonly logits: RealMatrix;
  readonly own: RealMatrix;
}

/** What commerce's view has of scored rows, or nothing. */
export function scoredRows(view: View): ScoredRows | undefined {
  const [scores, features] = [named(view, "scores"), named(view, "own/features")[0]];
  if (view.header.process !== "commerce" || scores.length === 0 || features === undefined) {
    return undefined;
  }
  const parts = scores.map((tensor) => matrixOf(view, tensor));
  const cols = parts[0]?.cols ?? 0;
  const values = Float64Array.from(parts.flatMap((part) => [...part.values]));
  const logits = { rows: values.length / Math.max(1, cols), cols, values };
  const positions = Uint32Array.from(
    { length: logits.rows },
    (_, row) => view.header.rows.train + row,
  );
  const all = matrixOf(view, features);
  const own = matrix(positions.length, all.cols);
  positions.forEach((position, row) => {
    const from = position * all.cols;
    own.values.set(all.values.subarray(from, from + all.cols), row * all.cols);
  });
  return { positions, logits, own };
}

/** An attack that is made of a known model before it is put to a view. */
export interface ReleasedModelAttack {
  readonly about: About;
  readonly on: (model: ReleasedModel) => Attack;
}
