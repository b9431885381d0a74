import type { Element, Tensor, ViewHeader } from "./format.ts";

/** Numbers of one tensor, row-major. */
export interface RealMatrix {
  readonly rows: number;
  readonly cols: number;
  readonly values: Float64Array;
}

/** What a process received and could open, in the order in which it came. */
export interface View {
  readonly header: ViewHeader;
  readonly tensors: readonly Tensor[];
  /** The tensor's bytes as they were taken down. */
  bytes(tensor: Tensor): Uint8Array;
}

/** The tensors of that name, in order. */
export function named(view: View, name: string): readonly Tensor[] {
  return view.tensors.filter((tensor) => tensor.name === name);
}

/**
 * The tensor's values as doubles. Ring elements are read as two's complement, so that where masks
 * are absent the numbers behind them appear, but for their scale.
 */
export function matrixOf(view: View, tensor: Tensor): RealMatrix {
  const { rows, cols } = tensor;
  const bytes = view.bytes(tensor);
  const read = READERS[tensor.element];
  const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values = Float64Array.from({ length: rows * cols }, (_, index) => read(data, index));
  return { rows, cols, values };
}

const READERS: Readonly<Record<Element, (data: DataView, index: number) => number>> = {
  f32: (data, index) => data.getFloat32(index * 4, true),
  f64: (data, index) => data.getFloat64(index * 8, true),
  u64: (data, index) => Number(data.getBigInt64(index * 8, true)),
  u32: (data, index) => data.getUint32(index * 4, true),
  u8: (data, index) => data.getUint8(index),
};
