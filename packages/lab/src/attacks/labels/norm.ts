import { at } from "@moongate/errors";
import type { RealMatrix } from "@moongate/views";
import { labelAttack } from "./run.ts";

/** Euclidean norm of each row. */
export function norms({ rows, cols, values }: RealMatrix): Float64Array {
  return Float64Array.from({ length: rows }, (_, row) => {
    let squares = 0;
    for (let i = row * cols; i < (row + 1) * cols; i++) squares += at(values, i) ** 2;
    return Math.sqrt(squares);
  });
}

/**
 * The norm attack: a row's score is the length of what came for it. A row's cut-layer gradient is
 * (p − y) times something, and |p − y| is large for the rarer class: where positives are the common
 * one, shorter rows are the likelier positive.
 */
export const norm = labelAttack(
  {
    name: "norm",
    title: "Length of a row's gradient",
    adversary: "media",
    target: "labels",
    knows: "whether positives are rarer than negatives",
    paper:
      "Li et al., Label Leakage and Protection in Two-party Split Learning, ICLR 2022, arXiv 2102.08504",
  },
  {
    facts: "none",
    known: 0,
    scorer: ({ target }) => {
      const sign = target.share <= 0.5 ? 1 : -1;
      return (_step, matrix) => norms(matrix).map((length) => sign * length);
    },
    otherwise: "nothing came for single rows of a batch",
  },
);
