import { type RealMatrix, matrixOf, type Tensor, type View } from "@moongate/views";

/** A tensor of a step that has one row of numbers for each row of the step's batch. */
export interface RowTensor {
  readonly name: string;
  /** n × anything. */
  readonly matrix: RealMatrix;
}

/** A training step of a view. */
export interface Step {
  readonly step: number;
  /** Positions of the batch's rows in the joint table. */
  readonly positions: Uint32Array;
  /** Tensors by name; the last one where a name comes twice in one step. */
  readonly tensors: ReadonlyMap<string, Tensor>;
}

/** The training steps of a view that say their batch, in order. */
export function stepsOf(view: View): readonly Step[] {
  const steps = new Map<number, Map<string, Tensor>>();
  for (const tensor of view.tensors) {
    if (tensor.step === null) continue;
    const tensors = steps.get(tensor.step) ?? new Map<string, Tensor>();
    steps.set(tensor.step, tensors.set(tensor.name, tensor));
  }
  return [...steps]
    .sort(([a], [b]) => a - b)
    .flatMap(([step, tensors]) => {
      const batch = tensors.get("batch");
      if (batch === undefined || batch.rows === 0) return [];
      return [{ step, positions: Uint32Array.from(matrixOf(view, batch).values), tensors }];
    });
}

/** True if the tensor came from elsewhere and has numbers for each of n rows of a batch. */
export function isPerRow({ name, source, rows, cols }: Tensor, n: number): boolean {
  if (name === "batch" || (source !== "received" && source !== "opened")) return false;
  return rows === n || (cols === 1 && rows > n && rows % n === 0);
}

/**
 * The tensor as one row of numbers for each of n rows of a batch: angles of h values a row come in
 * one column, n·h × 1. Angles are read as signed (half a turn either way), since without masks
 * those behind them are near zero.
 */
export function perRow(view: View, tensor: Tensor, n: number): RealMatrix {
  const { values } = matrixOf(view, tensor);
  const signed =
    tensor.element === "u32"
      ? values.map((value) => (value >= 2 ** 31 ? value - 2 ** 32 : value))
      : values;
  return { rows: n, cols: values.length / n, values: signed };
}

/**
 * Everything per row that came from elsewhere in a step. A tensor of weights whose length happens
 * to be a multiple of the batch is among them; it costs a comparison and tells nothing.
 */
export function perRowTensors(view: View, step: Step): readonly RowTensor[] {
  const n = step.positions.length;
  return [...step.tensors.values()]
    .filter((tensor) => isPerRow(tensor, n))
    .map((tensor) => ({ name: tensor.name, matrix: perRow(view, tensor, n) }));
}

/** A sample of at most so many, evenly from first to last. */
export function sampled<T>(all: readonly T[], most: number): readonly T[] {
  if (all.length <= most) return all;
  return Array.from({ length: most }, (_, index) => {
    const place = most === 1 ? 0 : Math.round((index * (all.length - 1)) / (most - 1));
    const found = all[place];
    if (found === undefined) throw new RangeError(`place ${place} of ${all.length}`);
    return found;
  });
}

/** The last steps in which no row comes twice: with whole epochs, the last epoch. */
export function lastEpoch(steps: readonly Step[]): readonly Step[] {
  const seen = new Set<number>();
  let first = steps.length;
  while (first > 0) {
    const positions = steps[first - 1]?.positions ?? new Uint32Array();
    if (positions.some((position) => seen.has(position))) break;
    for (const position of positions) seen.add(position);
    first -= 1;
  }
  return steps.slice(first);
}
