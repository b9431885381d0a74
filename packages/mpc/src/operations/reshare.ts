import { cost, WORD } from "../cost.ts";
import type { Operation } from "../machine.ts";
import type { Shared } from "../values.ts";

/** What the masks of `reshare` are called where they are derived again. */
export const SEALING_MASK = "reshare/rho";

/**
 * Share a value anew, so that commerce's share is a mask which the dealer can derive.
 *
 * 1. Each party draws ρ_i from its stream and opens x_i + ρ_i. Both have c = x + ρ.
 * 2. Media's share is c − ρ_0, commerce's is −ρ_1: they add up to x.
 */
export function reshare(x: Shared): Operation<Shared> {
  const { rows, cols, scale } = x;
  const bytes = rows * cols * WORD;
  return {
    name: "reshare",
    cost: cost(bytes, bytes, 0),

    party(p) {
      const mask = p.mask("rho", rows, cols);
      const opening = p.memory.matrix(rows, cols);
      p.ring.add(opening, p.share(x), mask);
      return {
        opening: [opening],
        finish(inbox) {
          const c = inbox.opened("value", opening);
          const share = p.first ? p.ring.subtract(c, c, mask) : p.ring.scale(mask, mask, -1n);
          return p.wrap(share, scale);
        },
      };
    },

    // Commerce's share is derived where it is needed: `knownShares` of the dealer's machine.
    dealer: (d) => d.handle(rows, cols, scale),

    twin: (t) => t.wrap(t.value(x), rows, cols, scale),
  };
}
