import { at } from "@moongate/errors";
import { nearestOf } from "./occurrences.ts";
import { labelAttack } from "./run.ts";

/**
 * The hint attack: a row's score is minus the distance of its gradient to the nearest of n known
 * positives', each taken from the batch nearest in time that it was in.
 */
export const hint = labelAttack(
  {
    name: "hint",
    title: "Distance to the gradients of known positives",
    adversary: "media",
    target: "labels",
    knows: "n training rows that have the label (10 unless said)",
    paper:
      "Li et al., Label Leakage and Protection in Two-party Split Learning, ICLR 2022, arXiv 2102.08504: published code",
  },
  {
    facts: "positives",
    known: 10,
    scorer: (scene) => {
      const known = nearestOf(scene);
      if (known.length === 0) return undefined;
      return (step, { rows, cols, values }) => {
        const references = known.map((each) => each.at(step));
        return Float64Array.from({ length: rows }, (_, row) => {
          let least = Number.POSITIVE_INFINITY;
          for (const reference of references) {
            let squares = 0;
            for (let j = 0; j < cols; j++) {
              const off = at(values, row * cols + j) - at(reference, j);
              squares += off * off;
            }
            least = Math.min(least, squares);
          }
          return -least;
        });
      };
    },
    otherwise: "nothing came for single rows of a batch, or no known positive was in one",
  },
);
