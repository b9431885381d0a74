import { MoongateError } from "@moongate/errors";

/** The sigmoid's series wraps here: beyond, a row pulls its weights the wrong way. */
export const LARGEST_LOGIT = 16;
/** Single rows may stray; a hundredth of them means that training has run away. */
const LARGEST_SHARE = 0.01;

/**
 * Refuses a model whose logits left the range the protocol computes right in, at the one place
 * where somebody sees a value: commerce, on validation rows.
 * @throws SATURATION with the share of rows, never a score.
 */
export function requireUnsaturated(logits: Float64Array): void {
  let outside = 0;
  for (const logit of logits) if (!(Math.abs(logit) < LARGEST_LOGIT)) outside += 1;
  const share = outside / logits.length;
  if (!(share > LARGEST_SHARE)) return;
  const percent = Math.round(share * 100);
  throw new MoongateError(
    "SATURATION",
    `${percent}% of the validation scores lie outside ±${LARGEST_LOGIT}: training ran away`,
    {
      cure: "Lower the learning rate, or raise the weight decay.",
      details: { share, largestLogit: LARGEST_LOGIT },
    },
  );
}
