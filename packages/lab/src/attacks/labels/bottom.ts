import { type RealMatrix, matrixOf, named, type View } from "@moongate/views";
import { DenseNetwork, type DenseShape } from "../numeric/dense-network.ts";
import { matrix } from "../numeric/matrices.ts";

/** Media's bottom model as training left it, with the columns that it takes. */
export interface TrainedBottom {
  /** Training rows × media's columns. */
  readonly columns: RealMatrix;
  readonly layers: readonly (DenseShape & { readonly weights: Float64Array })[];
}

/** Media's own columns of the training rows; undefined if there are none. */
export function ownColumns(view: View): RealMatrix | undefined {
  const [own] = named(view, "own/features");
  if (own === undefined || own.cols === 0) return undefined;
  const { cols, values } = matrixOf(view, own);
  const rows = Math.min(own.rows, view.header.rows.train);
  return { rows, cols, values: values.subarray(0, rows * cols) };
}

/** The bottom model, if the view has one and the columns for it. */
export function trainedBottom(view: View): TrainedBottom | undefined {
  const columns = ownColumns(view);
  const tensors = named(view, "own/bottom");
  if (columns === undefined || tensors[0]?.rows !== columns.cols + 1) return undefined;
  const layers = tensors.map((tensor, index) => ({
    ...{ inputs: tensor.rows - 1, outputs: tensor.cols },
    activation: index === tensors.length - 1 ? ("linear" as const) : ("relu" as const),
    weights: matrixOf(view, tensor).values,
  }));
  return { columns, layers };
}

/** What the bottom model gives: training rows × cut. */
export function embeddingsOf({ columns, layers }: TrainedBottom): RealMatrix {
  const network = new DenseNetwork(layers);
  network.layers.forEach((layer, index) => {
    layer.weights.set(layers[index]?.weights ?? []);
  });
  const { rows } = columns;
  const cols = layers.at(-1)?.outputs ?? 0;
  return matrix(rows, cols, network.forward(columns.values, rows).subarray(0, rows * cols));
}
