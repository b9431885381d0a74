import { at } from "@moongate/errors";
import type { GradientStep } from "./steps.ts";
import { largest, requireMatrix, squaredNorms } from "./matrix.ts";
import type { NoiseStream } from "./noise.ts";

/**
 * Max-norm (Li et al., ICLR 2022, arXiv 2102.08504): each row g becomes
 * g (1 + e sqrt(max‖·‖²/‖g‖² − 1)), e ~ N(0, 1) a row, with the batch's largest norm. Every row then
 * has that squared norm in expectation, so the norm tells nothing; half of the short rows turn round,
 * and their line stays. A row of zeros stays one. The maximum is made of data: no ε.
 */
export function maxNorm(noise: NoiseStream): GradientStep {
  return {
    apply(gradient, { rows, cut }) {
      requireMatrix("a gradient", gradient, rows.length, cut);
      const norms = squaredNorms(gradient, cut);
      const most = largest(norms);
      const factors = norms.map((norm) => {
        const e = noise.normal();
        return norm === 0 ? 0 : 1 + e * Math.sqrt(Math.max(0, most / norm - 1));
      });
      return gradient.map((value, index) => value * at(factors, Math.floor(index / cut)));
    },
  };
}
