import type { GradientStep } from "./steps.ts";
import { largest, requireMatrix, squaredNorms } from "./matrix.ts";
import type { NoiseStream } from "./noise.ts";

/**
 * Isotropic Gaussian noise (Li et al., ICLR 2022, arXiv 2102.08504): deviation
 * t · (largest norm of the batch)/sqrt(cut) on every number, so noise of expected squared norm
 * t² · max² a row. The scale is made of data: no ε.
 */
export function isotropic(t: number, noise: NoiseStream): GradientStep {
  return {
    apply(gradient, { rows, cut }) {
      requireMatrix("a gradient", gradient, rows.length, cut);
      const deviation = t * Math.sqrt(largest(squaredNorms(gradient, cut)) / cut);
      return gradient.map((value) => value + deviation * noise.normal());
    },
  };
}
