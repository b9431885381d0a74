import { at } from "@moongate/errors";
import { labelAttack } from "./run.ts";

/**
 * Direct label inference: where the parties' outputs are summed to logits, the cut layer has one
 * column a label and its gradient is p − y: negative exactly for positives. The score is minus that
 * column.
 */
export const direct = labelAttack(
  {
    name: "direct",
    title: "Sign of the gradient of a logit",
    adversary: "media",
    target: "labels",
    knows: "which column belongs to which label",
    paper: "Zou et al., VFLAIR, ICLR 2024, arXiv 2310.09827: direct label inference",
  },
  {
    facts: "none",
    known: 0,
    scorer: ({ target, steps, matrixAt }) => {
      const [first] = steps;
      if (first === undefined || matrixAt(first)?.cols !== target.count) return undefined;
      return (_step, { rows, cols, values }) =>
        Float64Array.from({ length: rows }, (_, row) => -at(values, row * cols + target.index));
    },
    otherwise: "nothing came that has one column a label",
  },
);
