import { byteAt } from "./checked-reads.ts";

/** A node of a tree: a leaf has a value, any other sends rows on by the bins of one column. */
export interface TreeNode {
  /** What a leaf adds to a row's logit; 0 elsewhere. */
  readonly value: number;
  /** The column that divides the rows; -1 in a leaf. */
  readonly column: number;
  /** 1 for every bin of that column whose rows go left. */
  readonly members: Uint8Array;
  /** The places in the tree at which the rows of either side go on. */
  readonly left: number;
  readonly right: number;
}

/** A tree; it begins with its first node. */
export type Tree = readonly TreeNode[];

const NOBODY = new Uint8Array();

export const leafNode = (value: number): TreeNode => ({
  ...{ value, column: -1, members: NOBODY, left: -1, right: -1 },
});

/** Adds a tree's value to the score of every row. @param columns the bin of every row, by column. */
export function addTree(tree: Tree, columns: readonly Uint8Array[], scores: Float64Array): void {
  for (let row = 0; row < scores.length; row++) {
    let node = tree[0];
    while (node !== undefined && node.column >= 0) {
      const bins = columns[node.column] ?? NOBODY;
      node = tree[byteAt(node.members, byteAt(bins, row)) === 1 ? node.left : node.right];
    }
    scores[row] = (scores[row] ?? Number.NaN) + (node?.value ?? Number.NaN);
  }
}
