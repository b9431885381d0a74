import { type RealMatrix, matrixOf, type View } from "@moongate/views";
import { matrix } from "../numeric/matrices.ts";
import { isPerRow, perRow } from "../steps.ts";

/** A tensor with a row for each of a batch's, and the positions of those rows. */
export interface EmbeddedRows {
  readonly step: number | null;
  readonly positions: Uint32Array;
  readonly values: RealMatrix;
}

/** The tensors of that name with the batch before each, in training and outside. */
export function* embeddedRows(view: View, name: string): Generator<EmbeddedRows> {
  let positions: Uint32Array = new Uint32Array();
  for (const tensor of view.tensors) {
    if (tensor.name === "batch") positions = Uint32Array.from(matrixOf(view, tensor).values);
    if (tensor.name !== name) continue;
    yield { step: tensor.step, positions, values: perRow(view, tensor, positions.length) };
  }
}

/** Names of what came of every row of every batch. */
export function perRowNames(view: View): string[] {
  const always = new Map<string, boolean>();
  let rows = 0;
  for (const tensor of view.tensors) {
    if (tensor.name === "batch") rows = tensor.rows;
    if (tensor.step === null || rows === 0) continue;
    always.set(tensor.name, (always.get(tensor.name) ?? true) && isPerRow(tensor, rows));
  }
  return [...always].filter(([, each]) => each).map(([name]) => name);
}

/** Each row of the table as it was last seen under a name. */
export interface LastSeen {
  /** Positions in ascending order. */
  readonly positions: Uint32Array;
  readonly values: RealMatrix;
}

/** What the view last has of every row under that name, or nothing. */
export function lastSeen(view: View, name: string): LastSeen | undefined {
  const rows = new Map<number, Float64Array>();
  let cols = 0;
  for (const { positions, values } of embeddedRows(view, name)) {
    cols = values.cols;
    positions.forEach((position, row) => {
      rows.set(position, values.values.subarray(row * cols, (row + 1) * cols));
    });
  }
  if (rows.size === 0) return undefined;
  const positions = Uint32Array.from(rows.keys()).sort();
  const all = matrix(positions.length, cols);
  positions.forEach((position, row) => {
    all.values.set(rows.get(position) ?? [], row * cols);
  });
  return { positions, values: all };
}
