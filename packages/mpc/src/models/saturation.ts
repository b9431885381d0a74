import { MoongateError } from "@moongate/errors";

/** The sigmoid's series wraps here: beyond, a row pulls its weights the wrong way. */
export const LARGEST_LOGIT = 16;
/** Single rows may stray; a hundredth of them means that training has run away. */
const LARGEST_SHARE = 0.01;

/**
 * Each label's share of logits (row-major rows × labels) outside the range that the sigmoid's
 * series is a sigmoid in. Anything that is no number is outside.
 */
export function sharesOutside(logits: Float64Array, labels: number): number[] {
  const outside = new Array<number>(labels).fill(0);
  logits.forEach((logit, index) => {
    const label = index % labels;
    if (!(Math.abs(logit) < LARGEST_LOGIT)) outside[label] = (outside[label] ?? 0) + 1;
  });
  const rows = Math.max(1, logits.length / labels);
  return outside.map((count) => count / rows);
}

/**
 * Refuses a model whose logits left the range the protocol computes right in, at the one place
 * where somebody sees a value: commerce, on validation rows (on test rows where there are none).
 * @throws SATURATION with the label's place and the share of rows, never a score.
 */
export function requireUnsaturated(logits: Float64Array, labels: number): void {
  sharesOutside(logits, labels).forEach((share, index) => {
    if (!(share > LARGEST_SHARE)) return;
    const percent = (share * 100).toFixed(1);
    const whose = labels === 1 ? "" : ` of label ${index + 1} of ${labels}`;
    throw new MoongateError(
      "SATURATION",
      `${percent}% of the scores${whose} lie outside ±${LARGEST_LOGIT}: training ran away`,
      {
        cure: "Lower the learning rate or the batch size, or raise the weight decay.",
        details: { share, label: index + 1, largestLogit: LARGEST_LOGIT },
      },
    );
  });
}
