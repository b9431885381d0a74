import { at } from "@moongate/errors";
import type { GradientStep } from "./steps.ts";
import { requireMatrix } from "./matrix.ts";

/**
 * Sparse gradients with what is left over (Aji and Heafield, EMNLP 2017, arXiv 1704.05021; Lin et
 * al., ICLR 2018, arXiv 1712.01887; as a defence Fu et al., USENIX Security 2022).
 *
 * 1. To each row's gradient is added what that training row kept back the times before.
 * 2. Numbers whose magnitude is below the batch's quantile become zero and are kept back.
 *
 * So what crosses over the epochs adds up to the gradients but for what is kept back last. What is
 * kept takes 4 bytes × cut for each training row. Deterministic, and no guarantee: the gradients
 * that stay are the large ones, which tell most of the labels.
 *
 * @param quantile share of the numbers that is kept back, rounded down to whole numbers; of equals
 *   at the border all cross.
 */
export function sparsification(quantile: number): GradientStep {
  let kept = new Float32Array(0);
  return {
    apply(gradient, { rows, cut }) {
      requireMatrix("a gradient", gradient, rows.length, cut);
      kept = grown(kept, (rows.reduce((last, row) => Math.max(last, row), 0) + 1) * cut);
      const whole = gradient.map((value, index) => {
        const place = at(rows, Math.floor(index / cut)) * cut + (index % cut);
        const before = at(kept, place);
        kept[place] = 0;
        return value + before;
      });
      const border = atQuantile(whole.map(Math.abs), quantile);
      return whole.map((value, index) => {
        if (Math.abs(value) >= border) return value;
        kept[at(rows, Math.floor(index / cut)) * cut + (index % cut)] = value;
        return 0;
      });
    },
  };
}

function atQuantile(values: Float32Array, quantile: number): number {
  return at(values.sort(), Math.floor(quantile * values.length));
}

/** Doubled, not fitted: batches name the rows of a table in random order. */
function grown(values: Float32Array<ArrayBuffer>, length: number): Float32Array<ArrayBuffer> {
  if (length <= values.length) return values;
  const longer = new Float32Array(Math.max(length, 2 * values.length));
  longer.set(values);
  return longer;
}
