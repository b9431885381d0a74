import { at } from "@moongate/errors";
import { norms } from "./norm.ts";
import { nearestOf } from "./occurrences.ts";
import { labelAttack } from "./run.ts";

/**
 * The direction attack: a row's score is the cosine of its gradient to that of one known positive,
 * taken from the batch nearest in time that the known row was in. (p − y) is negative for positives
 * and positive for negatives, so the two classes point to opposite sides. The paper takes a positive
 * of each batch as known; here a single row of the table is known, throughout.
 */
export const direction = labelAttack(
  {
    name: "direction",
    title: "Cosine to the gradient of one known positive",
    adversary: "media",
    target: "labels",
    knows: "one training row that has the label",
    paper:
      "Li et al., Label Leakage and Protection in Two-party Split Learning, ICLR 2022, arXiv 2102.08504",
  },
  {
    facts: "positives",
    known: 1,
    scorer: (scene) => {
      const [known] = nearestOf({ ...scene, known: scene.known.subarray(0, 1) });
      if (known === undefined) return undefined;
      return (step, matrix) => {
        const { cols, values } = matrix;
        const reference = known.at(step);
        return norms(matrix).map((length, row) => {
          let product = 0;
          for (let j = 0; j < cols; j++) product += at(values, row * cols + j) * at(reference, j);
          // The reference's own length is the same for all rows.
          return length > 0 ? product / length : 0;
        });
      };
    },
    otherwise: "nothing came for single rows of a batch, or no known positive was in one",
  },
);
