import { MoongateError } from "@moongate/errors";
import type { Side } from "./side.ts";

/**
 * A matrix that exists only as two additive shares modulo 2^64 (in the twin: in the clear).
 * What a handle holds depends on the machine that made it; models only pass it on.
 * A word stands for word / 2^scale.
 */
export interface Shared {
  readonly rows: number;
  readonly cols: number;
  readonly scale: number;
}

/** The columns of a table that two owners hold side by side: media's columns, then commerce's. */
export interface VerticalMatrix {
  readonly rows: number;
  readonly width: Readonly<Record<Side, number>>;
  readonly scale: number;
}

/** An integer matrix that one side knows, such as 0/1 labels. */
export interface PrivateMatrix {
  readonly owner: Side;
  readonly rows: number;
  readonly cols: number;
}

/** Row numbers of a batch, the same on all sides. */
export type Rows = Uint32Array;

/** A secret 0/1 flag a row, which the dealer alone knows: it works through what is dealt. */
export interface DealerFlags {
  readonly rows: number;
}

/** The flags of some rows, in their order. */
export interface FlaggedRows {
  readonly flags: DealerFlags;
  readonly rows: Rows;
}

export const totalWidth = (x: Pick<VerticalMatrix, "width">): number =>
  x.width.media + x.width.commerce;

/** @throws SHAPE_MISMATCH */
export function requireShape(value: Shared, rows: number, cols: number, what: string): void {
  if (value.rows !== rows || value.cols !== cols) {
    throw new MoongateError(
      "SHAPE_MISMATCH",
      `${what} is ${value.rows}×${value.cols}, expected ${rows}×${cols}`,
    );
  }
}

/**
 * The shape of values that stand side by side.
 * @throws SHAPE_MISMATCH for another number of rows; SCALE_MISMATCH
 */
export function requireSideBySide(parts: readonly Shared[]): Shared {
  const [{ rows, scale } = { rows: 0, scale: 0 }] = parts;
  for (const part of parts) {
    requireShape(part, rows, part.cols, "a part of several columns");
    requireScale(part, scale, "a part of several columns");
  }
  return { rows, cols: parts.reduce((sum, { cols }) => sum + cols, 0), scale };
}

/** @throws SCALE_MISMATCH */
export function requireScale(value: Shared, scale: number, what: string): void {
  if (value.scale !== scale) {
    throw new MoongateError(
      "SCALE_MISMATCH",
      `${what} is at scale ${value.scale}, expected ${scale}`,
    );
  }
}
