import { at } from "@moongate/errors";
import { binCount } from "./bins.ts";
import { byteAt, wordAt } from "./checked-reads.ts";
import { categoryDivision } from "./category-division.ts";
import { type Division, leafValue } from "./division.ts";
import {
  add,
  type BinnedTable,
  type Derivatives,
  NO_SUMS,
  PER_BIN,
  subtract,
  type Sums,
  sumsAt,
} from "./histogram.ts";
import { numberDivision } from "./number-division.ts";
import type { BoostingSettings } from "./settings.ts";
import { histogramOf, type SumsByBin } from "./sums-by-bin.ts";
import { leafNode, type Tree, type TreeNode } from "./tree.ts";

/** A leaf while its tree grows. */
interface Leaf {
  readonly node: number;
  readonly rows: Uint32Array;
  readonly sums: Sums;
  readonly l2: number;
  readonly histogram: Float64Array;
  /** The best way to divide it; absent where none helps. */
  readonly best: (Division & { readonly column: number }) | undefined;
}

/**
 * Grows a tree leaf by leaf: of all leaves the one whose division lowers the loss most is divided
 * next (Shi 2007), until there are enough leaves or nothing helps. Only the smaller side's rows are
 * summed; the other side's histogram is the difference.
 */
export function growTree(
  table: BinnedTable,
  layout: SumsByBin,
  derivatives: Derivatives,
  rows: Uint32Array,
  settings: BoostingSettings,
): Tree {
  const { starts } = layout;
  const leaf = (node: number, own: Uint32Array, histogram: Float64Array, side?: Side): Leaf => {
    const sums = side?.sums ?? totalOf(histogram, table);
    const best = bestDivision(table, histogram, starts, sums, settings);
    return { node, rows: own, sums, l2: side?.l2 ?? settings.l2, histogram, best };
  };

  const nodes: TreeNode[] = [leafNode(0)];
  const leaves = [leaf(0, rows, histogramOf(layout, derivatives, rows))];
  while (leaves.length < settings.leaves) {
    const next = leaves.reduce((a, b) => ((b.best?.gain ?? 0) > (a.best?.gain ?? 0) ? b : a));
    const { best } = next;
    if (best === undefined) break;
    const { column } = best;
    const members = membership(best.left(), binCount(at(table.bins, column)));
    const sides = divided(next.rows, at(table.columns, column), members, best.sums.left.rows);
    const smaller = sides[0].length <= sides[1].length ? 0 : 1;
    const summed = histogramOf(layout, derivatives, sides[smaller]);
    const rest = subtract(next.histogram, summed);
    const [first, second] = [nodes.length, nodes.length + 1];
    nodes[next.node] = { value: 0, column, members, left: first, right: second };
    nodes.push(leafNode(0), leafNode(0));
    const { l2 } = best;
    leaves.splice(
      leaves.indexOf(next),
      1,
      leaf(first, sides[0], smaller === 0 ? summed : rest, { l2, sums: best.sums.left }),
      leaf(second, sides[1], smaller === 0 ? rest : summed, { l2, sums: best.sums.right }),
    );
  }
  for (const { node, sums, l2 } of leaves) {
    nodes[node] = leafNode(leafValue(sums, l2) * settings.learningRate);
  }
  return nodes;
}

interface Side {
  readonly l2: number;
  readonly sums: Sums;
}

/** The sums of all rows, by the first column's bins: every row is in one of them. */
function totalOf(histogram: Float64Array, { bins: [first] }: BinnedTable): Sums {
  let total = NO_SUMS;
  const count = first === undefined ? 0 : binCount(first);
  for (let bin = 0; bin < count; bin++) total = add(total, sumsAt(histogram, PER_BIN * bin));
  return total;
}

function bestDivision(
  { bins }: BinnedTable,
  histogram: Float64Array,
  starts: Uint32Array,
  total: Sums,
  settings: BoostingSettings,
): Leaf["best"] {
  if (total.rows < 2 * settings.leafRows) return undefined;
  let best: Leaf["best"];
  bins.forEach((each, column) => {
    const divide = each.kind === "number" ? numberDivision : categoryDivision;
    const own = { values: histogram, start: at(starts, column), bins: binCount(each) };
    const found = divide(own, total, settings);
    if (found !== undefined && found.gain > (best?.gain ?? 0)) best = { ...found, column };
  });
  return best;
}

/** 1 for every member, of so many bins. */
function membership(members: readonly number[], count: number): Uint8Array {
  const left = new Uint8Array(count);
  for (const member of members) left[member] = 1;
  return left;
}

/** Rows that go left and rows that go right, each in the order they were. */
function divided(
  rows: Uint32Array,
  bins: Uint8Array,
  left: Uint8Array,
  leftRows: number,
): [left: Uint32Array, right: Uint32Array] {
  const sides: [Uint32Array, Uint32Array] = [
    new Uint32Array(leftRows),
    new Uint32Array(rows.length - leftRows),
  ];
  let [toLeft, toRight] = [0, 0];
  for (let i = 0; i < rows.length; i++) {
    const row = wordAt(rows, i);
    if (byteAt(left, byteAt(bins, row)) === 1) sides[0][toLeft++] = row;
    else sides[1][toRight++] = row;
  }
  return sides;
}
