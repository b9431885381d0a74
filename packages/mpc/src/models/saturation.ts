import { at } from "@moongate/errors";

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
    if (!(Math.abs(logit) < LARGEST_LOGIT)) outside[label] = at(outside, label) + 1;
  });
  const rows = Math.max(1, logits.length / labels);
  return outside.map((count) => count / rows);
}

/**
 * The labels whose logits left the range the protocol computes right in, by their place from 0:
 * training ran away. Commerce looks at validation rows when the session is over, and tells nobody:
 * an ending or a message that hung on scores would tell the other party of labels.
 */
export function saturatedLabels(
  logits: Float64Array,
  labels: number,
): readonly { readonly label: number; readonly share: number }[] {
  return sharesOutside(logits, labels).flatMap((share, label) =>
    share > LARGEST_SHARE ? [{ label, share }] : [],
  );
}
