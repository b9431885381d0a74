import { cost, WORD } from "../cost.ts";
import type { Operation } from "../machine.ts";
import type { FlaggedRows, Shared } from "../values.ts";

/**
 * Truncation by m bits of a shared x with |x| < 2^62; never wrong by more than one unit.
 *
 * 1. Each party draws r_i from its dealer seed and opens x_i + r_i (media adds 2^62 to make the
 *    value positive). Both have c = x + 2^62 + r mod 2^64.
 * 2. The dealer deals shares of r >> m and of b, the top bit of r.
 * 3. The sum wrapped exactly when b = 1 and the top bit of c is 0 (as x + 2^62 < 2^63), so
 *    x >> m = (c >> m) − (r >> m) + b (1 − msb c) 2^(64−m) − 2^(62−m), up to one unit of borrow.
 *
 * Local truncation (SecureML) is not used: it fails with probability |x| / 2^64, catastrophically.
 *
 * @param shown makes the result of every row whose flag is not set uniformly random: before the dealer
 *   shares r >> m it adds words to those rows that nobody knows. A later reveal tells nothing of them.
 */
export function truncate(x: Shared, bits: number, shown?: FlaggedRows): Operation<Shared> {
  const { rows, cols } = x;
  const bytes = rows * cols * WORD;
  const scale = x.scale - bits;
  return {
    name: "truncate",
    cost: cost(bytes, bytes, 2 * bytes),
    dealtFrom: shown === undefined ? "keys" : undefined,

    party(p) {
      const opening = p.memory.matrix(rows, cols);
      p.ring.truncateOpening(opening, p.share(x), p.mask("r", rows, cols), p.first);
      return {
        opening: [opening],
        finish(inbox) {
          const c = inbox.opened("value", opening);
          const shifted = inbox.dealt(rows, cols);
          const topBit = inbox.dealt(rows, cols);
          const out = p.memory.matrix(rows, cols);
          p.ring.truncateClose(out, c, shifted, topBit, bits, p.first);
          return p.wrap(out, scale);
        },
      };
    },

    dealer(d) {
      const r = d.mask("media", "r", rows, cols);
      d.ring.add(r, r, d.mask("commerce", "r", rows, cols));
      const shifted = d.memory.matrix(rows, cols);
      const topBit = d.memory.matrix(rows, cols);
      d.ring.truncateDeal(shifted, topBit, r, bits);
      if (shown !== undefined) d.blindOthers(shifted, shown);
      d.deal(shifted);
      d.deal(topBit);
      return d.handle(rows, cols, scale);
    },

    // Truncation drops bits below the precision the twin does not have to give up.
    twin: (t) => t.wrap(t.value(x), rows, cols, scale),
  };
}
