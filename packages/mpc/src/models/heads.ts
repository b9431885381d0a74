import type { Machine } from "../machine.ts";
import type { Shared } from "../values.ts";

/** One network among several that are trained side by side. */
export interface Head {
  /** Hidden units. */
  readonly units: number;
  /** Factor of the plan's learning rate. */
  readonly rate: number;
  /** Factor of the plan's weight decay. */
  readonly decay: number;
  /** Factor of the spread that hidden weights start with. */
  readonly start: number;
  /** What its start is drawn for, beside the plan's seed. */
  readonly label: string;
}

/** A head among the others. */
export interface PlacedHead extends Head {
  /** Its units, among those of all heads: from (inclusive) to (exclusive). */
  readonly from: number;
  readonly to: number;
  /** The row of the output weights that is its bias. */
  readonly bias: number;
}

/** The heads with their places: units of all heads side by side, and a bias for each after them. */
export function headsSideBySide(own: readonly Head[]): {
  readonly heads: readonly PlacedHead[];
  readonly units: number;
} {
  const units = own.reduce((sum, head) => sum + head.units, 0);
  let to = 0;
  const heads = own.map((head, index) => {
    const from = to;
    to += head.units;
    return { ...head, from, to, bias: units + index };
  });
  return { heads, units };
}

/** A head's rows of what is laid out as the output weights are: its units, then its bias. */
export function outputOf(m: Machine, output: Shared, { from, to, bias }: PlacedHead): Shared {
  return m.stackRows(m.rowRange(output, from, to), m.rowRange(output, bias, bias + 1));
}

/** Heads' outputs, each its units and then its bias, laid out as the output weights are. */
export function stackOutputs(m: Machine, outputs: readonly Shared[]): Shared {
  const units = outputs.map((each) => m.rowRange(each, 0, each.rows - 1));
  const biases = outputs.map((each) => m.rowRange(each, each.rows - 1, each.rows));
  return [...units, ...biases].reduce((above, below) => m.stackRows(above, below));
}
