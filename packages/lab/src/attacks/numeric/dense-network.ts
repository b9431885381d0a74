/** A dense layer: activation(x W + b). */
export interface DenseShape {
  readonly inputs: number;
  readonly outputs: number;
  readonly activation: "linear" | "relu" | "tanh";
}

/** A layer of a network, with its parts of the parameters and of the gradient. */
export interface LayerState extends DenseShape {
  /** (inputs + 1) × outputs, the bias last. */
  readonly weights: Float64Array;
  readonly gradient: Float64Array;
}

const EMPTY = new Float64Array();

interface Layer extends LayerState {
  /** The last batch, rows × outputs: what came out, and the loss by what went in. */
  values: Float64Array;
  deltas: Float64Array;
}

/**
 * A dense network whose passes allocate nothing once they have seen their largest batch: what an
 * attack trains for thousands of steps. All parameters are one array, layer by layer, each
 * (inputs + 1) × outputs with the bias in its last row, as a recorded `own/bottom` has them; so is
 * the gradient. They start at zero: the caller writes a start.
 */
export class DenseNetwork {
  readonly parameters: Float64Array;
  /** The gradient of the last `backward`. */
  readonly gradient: Float64Array;
  readonly #layers: readonly Layer[];
  #inputs: Float64Array = EMPTY;
  #rows = 0;
  #capacity = 0;

  constructor(shapes: readonly DenseShape[]) {
    const sizes = shapes.map(({ inputs, outputs }) => (inputs + 1) * outputs);
    const length = sizes.reduce((sum, size) => sum + size, 0);
    this.parameters = new Float64Array(length);
    this.gradient = new Float64Array(length);
    let from = 0;
    this.#layers = shapes.map((shape, index) => {
      const to = from + (sizes[index] ?? 0);
      const [weights, gradient] = [this.parameters, this.gradient].map((all) =>
        all.subarray(from, to),
      ) as [Float64Array, Float64Array];
      from = to;
      return { ...shape, weights, gradient, values: EMPTY, deltas: EMPTY };
    });
  }

  /** The first first. */
  get layers(): readonly LayerState[] {
    return this.#layers;
  }

  /**
   * The outputs of a batch, which is kept for `backward`.
   * @param inputs rows × inputs at least; more is not looked at.
   * @returns rows × outputs at least; written over by the next call.
   */
  forward(inputs: Float64Array, rows: number): Float64Array {
    this.#reserve(rows);
    this.#inputs = inputs;
    this.#rows = rows;
    let below = inputs;
    for (const layer of this.#layers) {
      climb(layer, below, rows);
      below = layer.values;
    }
    return below;
  }

  /** Writes the gradient for the last batch. @param byOutputs of the loss: rows × outputs. */
  backward(byOutputs: Float64Array): void {
    const top = this.#layers.length - 1;
    const rows = this.#rows;
    const last = this.#layers[top];
    if (last === undefined) return;
    for (let at = 0; at < rows * last.outputs; at++) {
      last.deltas[at] = (byOutputs[at] ?? 0) * slopeAt(last, at);
    }
    for (let index = top; index >= 0; index--) {
      const layer = this.#layers[index];
      const below = this.#layers[index - 1];
      if (layer === undefined) continue;
      byWeights(layer, below?.values ?? this.#inputs, rows);
      if (below !== undefined) byInputs(layer, below, rows);
    }
  }

  #reserve(rows: number): void {
    if (rows <= this.#capacity) return;
    this.#capacity = rows;
    for (const layer of this.#layers) {
      layer.values = new Float64Array(rows * layer.outputs);
      layer.deltas = new Float64Array(rows * layer.outputs);
    }
  }
}

function climb(
  { inputs, outputs, activation, weights, values }: Layer,
  below: Float64Array,
  rows: number,
): void {
  const bias = inputs * outputs;
  for (let row = 0; row < rows; row++) {
    const at = row * outputs;
    for (let o = 0; o < outputs; o++) values[at + o] = weights[bias + o] ?? 0;
    for (let i = 0; i < inputs; i++) {
      const factor = below[row * inputs + i] ?? 0;
      if (factor === 0) continue;
      const from = i * outputs;
      for (let o = 0; o < outputs; o++) {
        values[at + o] = (values[at + o] ?? 0) + factor * (weights[from + o] ?? 0);
      }
    }
  }
  if (activation === "linear") return;
  for (let at = 0; at < rows * outputs; at++) {
    const value = values[at] ?? 0;
    values[at] = activation === "tanh" ? Math.tanh(value) : Math.max(value, 0);
  }
}

function byWeights(
  { inputs, outputs, gradient, deltas }: Layer,
  below: Float64Array,
  rows: number,
): void {
  gradient.fill(0);
  const bias = inputs * outputs;
  for (let row = 0; row < rows; row++) {
    const at = row * outputs;
    for (let i = 0; i < inputs; i++) {
      const factor = below[row * inputs + i] ?? 0;
      if (factor === 0) continue;
      const from = i * outputs;
      for (let o = 0; o < outputs; o++) {
        gradient[from + o] = (gradient[from + o] ?? 0) + factor * (deltas[at + o] ?? 0);
      }
    }
    for (let o = 0; o < outputs; o++) {
      gradient[bias + o] = (gradient[bias + o] ?? 0) + (deltas[at + o] ?? 0);
    }
  }
}

function byInputs({ inputs, outputs, weights, deltas }: Layer, below: Layer, rows: number): void {
  for (let row = 0; row < rows; row++) {
    const at = row * outputs;
    for (let i = 0; i < inputs; i++) {
      let sum = 0;
      const from = i * outputs;
      for (let o = 0; o < outputs; o++) sum += (weights[from + o] ?? 0) * (deltas[at + o] ?? 0);
      below.deltas[row * inputs + i] = sum * slopeAt(below, row * inputs + i);
    }
  }
}

/** The activation's slope, from its value. */
function slopeAt({ activation, values }: Layer, at: number): number {
  const value = values[at] ?? 0;
  if (activation === "tanh") return 1 - value * value;
  return activation === "relu" && value <= 0 ? 0 : 1;
}
