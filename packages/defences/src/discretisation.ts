import type { GradientStep } from "./steps.ts";
import { requireMatrix } from "./matrix.ts";

/**
 * Discrete gradients (Fu et al., USENIX Security 2022): numbers are cut to [−b, b], that
 * range is cut into equal bins, and each number goes to the nearer end of its bin. An even number of
 * bins keeps zero at zero.
 *
 * b is twice the root mean square of the batch. Deviation: the authors fix mean ± 2 deviations on
 * the first epoch; here a network may start with its output layer at zero, so the first gradients
 * set no scale. Deterministic, and no guarantee.
 */
export function discretisation(bins: number): GradientStep {
  return {
    apply(gradient, { rows, cut }) {
      requireMatrix("a gradient", gradient, rows.length, cut);
      const squares = gradient.reduce((sum, value) => sum + value ** 2, 0);
      const bound = 2 * Math.sqrt(squares / gradient.length);
      if (!(bound > 0)) return gradient.slice();
      const width = (2 * bound) / bins;
      return gradient.map((value) => {
        const inside = Math.min(bound, Math.max(-bound, value));
        return Math.round((inside + bound) / width) * width - bound;
      });
    },
  };
}
