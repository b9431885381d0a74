import type { Side } from "./side.ts";

/**
 * What an operation puts on the wire, in bytes, as a function of shapes alone. It is not only
 * documentation: a round's frame is cut into its operations by these numbers.
 */
export interface Cost {
  /** Bytes each side opens towards the other. */
  readonly opened: Readonly<Record<Side, number>>;
  /** Bytes the dealer sends to commerce (media draws its own part from its seed). */
  readonly dealt: number;
}

/** Bytes of one ring element, and of one angle. */
export const WORD = 8;
export const ANGLE = 4;

export const cost = (media: number, commerce: number, dealt: number): Cost => ({
  opened: { media, commerce },
  dealt,
});

/** The cost of operations that share a round. */
export function sumCosts(costs: readonly Cost[]): Cost {
  let [media, commerce, dealt] = [0, 0, 0];
  for (const each of costs) {
    media += each.opened.media;
    commerce += each.opened.commerce;
    dealt += each.dealt;
  }
  return cost(media, commerce, dealt);
}
