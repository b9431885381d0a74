import { type About, notApplicable } from "../attack.ts";
import { difference, matrix, transposed } from "../numeric/matrices.ts";
import { minimumNorm } from "../numeric/solve.ts";
import { scoreGuesses } from "./reconstruction.ts";
import { type ReleasedModelAttack, scoredRows } from "./released-model.ts";
import { truthOf } from "./truth.ts";

const about: About = {
  name: "equation-solving",
  title: "Equation solving (ESA)",
  adversary: "commerce with the model",
  target: "features",
  knows: "the released logistic model, media's weights included, and the scores it was told",
  paper: "Luo, Wu, Xiao, Ooi, ICDE 2021, arXiv 2010.10152",
};

/**
 * A row's logits are linear in its columns, so each label is one equation about media's:
 *
 * 1. W_mᵀ x_m = logit − W_cᵀ x_c − b, from commerce's own columns of that row.
 * 2. x_m by the pseudo-inverse of W_mᵀ: exact when media has at most as many columns as there are
 *    labels, otherwise the shortest of the solutions.
 *
 * Nothing in training is attacked, but what a released model says together with the scores that
 * commerce is entitled to; no masking of training can help.
 */
export const equationSolving: ReleasedModelAttack = {
  about,
  on: (model) => ({
    about,
    run(view, truth) {
      const [layer, ...above] = model.layers;
      if (layer === undefined || above.length > 0 || layer.activation !== "linear") {
        return notApplicable(about, "the model is not linear");
      }
      const scored = scoredRows(view);
      if (scored === undefined) return notApplicable(about, "the view has no scores");
      const { positions, logits, own } = scored;
      const d = layer.inputs - own.cols;
      const nothing = matrix(own.rows, d);
      const known = model.logits(nothing, own);
      const weights = matrix(d, layer.outputs, layer.weights.subarray(0, d * layer.outputs));
      const right = transposed(difference(logits, known));
      const values = transposed(minimumNorm(transposed(weights), right));
      return scoreGuesses(about, truthOf(truth, positions), [{ tensor: "scores", values }], {
        details: { equations: layer.outputs, unknowns: d },
      });
    },
  }),
};
