import { at } from "@moongate/errors";
import { MODELS } from "@moongate/catalogue";
import type { DenseLayer } from "@moongate/learning";
import type { Model } from "@moongate/messages";
import { ReleasedModel } from "./released-model.ts";

/** A trained parameter in the clear: row-major rows × cols. */
export interface PlainParameter {
  readonly rows: number;
  readonly cols: number;
  readonly values: Float64Array;
}

/**
 * The model that a masked training made, from both shares added up or from the plaintext twin: of
 * logistic regression `weights`, (columns + 1) × labels; of a sine network `hidden`, (columns + 1) ×
 * units in turns, and `output`, (units + 1) × labels. The last row is the bias.
 * @throws RangeError where one is missing.
 */
export function maskedModel(
  kind: Exclude<Model["kind"], "relu">,
  parameters: Readonly<Record<string, PlainParameter>>,
): ReleasedModel {
  const layer = (name: string, activation: DenseLayer["activation"], factor = 1): DenseLayer => {
    const found = parameters[name];
    if (found === undefined) throw new RangeError(`the model has no ${name}`);
    const { rows, cols, values } = found;
    const weights = values.map((value) => factor * value);
    return { inputs: rows - 1, outputs: cols, activation, weights };
  };
  if (kind === "logistic") return new ReleasedModel([layer("weights", "linear")]);
  return new ReleasedModel([layer("hidden", "sine", 2 * Math.PI), layer("output", "linear")]);
}

/**
 * The model that a split training made: both parties' layers as they keep them, bottom first. Each
 * bottom is a layer to the cut, or a tower of ReLU and a layer to the cut; what both send there is
 * added up; commerce's other layers lie above.
 * @throws RangeError for layers of another network.
 */
export function splitModel(
  kind: Model["kind"],
  media: readonly PlainParameter[],
  commerce: readonly PlainParameter[],
): ReleasedModel {
  const { cut, layersBelow: depth } = MODELS[kind];
  const [bottoms, top] = [
    [media.slice(0, depth), commerce.slice(0, depth)],
    commerce.slice(depth),
  ] as const;
  const [mine, theirs] = bottoms;
  if (mine.length < depth || theirs.length < depth) {
    throw new RangeError("the layers are of another network");
  }
  const layers: DenseLayer[] = [];
  if (depth > 1) layers.push(dense(beside(mine[0], theirs[0]), "relu"));
  layers.push(dense(stacked(mine.at(-1), theirs.at(-1)), cut));
  return new ReleasedModel([...layers, ...top.map((each) => dense(each, "linear"))]);
}

const dense = (
  { rows, cols, values }: PlainParameter,
  activation: DenseLayer["activation"],
): DenseLayer => ({ inputs: rows - 1, outputs: cols, activation, weights: values });

const NONE: PlainParameter = { rows: 1, cols: 0, values: new Float64Array() };

/** Two layers that run beside each other, each on columns of its own. */
function beside(a: PlainParameter = NONE, b: PlainParameter = NONE): PlainParameter {
  const [inputs, cols] = [a.rows + b.rows - 2, a.cols + b.cols];
  const values = new Float64Array((inputs + 1) * cols);
  const put = (part: PlainParameter, firstRow: number, firstCol: number): void => {
    part.values.forEach((value, index) => {
      const row = Math.floor(index / part.cols);
      const target = row === part.rows - 1 ? inputs : firstRow + row;
      values[target * cols + firstCol + (index % part.cols)] = value;
    });
  };
  put(a, 0, 0);
  put(b, a.rows - 1, a.cols);
  return { rows: inputs + 1, cols, values };
}

/** Two layers whose outputs are added up. */
function stacked(a: PlainParameter = NONE, b: PlainParameter = NONE): PlainParameter {
  const cols = b.cols;
  const ofMedia = a.values.subarray(0, (a.rows - 1) * cols);
  const values = Float64Array.of(...ofMedia, ...b.values);
  a.values.subarray((a.rows - 1) * cols).forEach((bias, index) => {
    const last = values.length - cols + index;
    values[last] = at(values, last) + bias;
  });
  return { rows: a.rows + b.rows - 1, cols, values };
}
