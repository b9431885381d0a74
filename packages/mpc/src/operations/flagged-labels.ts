import { cost, WORD } from "../cost.ts";
import type { Operation } from "../machine.ts";
import type { DealerFlags, PrivateMatrix, Rows, Shared } from "../values.ts";

/**
 * Shares of m (y − 1/2) for rows from..to: labels y that commerce knows, a flag m a row that only the
 * dealer knows. Once a session, together with the masked columns of the same rows.
 *
 * With the whole number t = 2y − 1 and a mask ρ from commerce's dealer seed:
 * 1. Commerce opens c = t − ρ.
 * 2. The dealer deals shares of m and of m ρ.
 * 3. m t = m c + m ρ is linear in the dealt shares with the public factor c: exact, nothing is
 *    rounded. Read at one fractional bit it is m (y − 1/2).
 *
 * Media sees uniform words, and so does commerce: each share of what is dealt is uniform alone.
 */
export function flaggedLabels(
  y: PrivateMatrix,
  flags: DealerFlags,
  from: number,
  to: number,
): Operation<Shared> {
  const [n, k] = [to - from, y.cols];
  const rows: Rows = Uint32Array.from({ length: n }, (_, index) => from + index);
  return {
    name: "flagged-labels",
    cost: cost(0, n * k * WORD, n * (1 + k) * WORD),

    party(p) {
      const own = p.memory.matrix(n, k);
      const labels = p.privateRows(y, rows);
      if (labels !== undefined) {
        p.ring.scale(own, labels, 2n);
        p.ring.addConstant(own, own, -1n);
        p.ring.subtract(own, own, p.mask("rho", n, k));
      }
      return {
        opening: labels === undefined ? [] : [own],
        finish(inbox) {
          const c = labels === undefined ? inbox.received("labels", n, k) : own;
          const flag = inbox.dealt(n, 1);
          const ones = p.ring.fill(p.memory.matrix(1, k), 1n);
          const out = p.ring.multiply(p.memory.matrix(n, k), flag, ones);
          p.ring.hadamard(out, out, c);
          p.ring.add(out, out, inbox.dealt(n, k));
          return p.wrap(out, 1);
        },
      };
    },

    dealer(d) {
      const rho = d.mask("commerce", "rho", n, k);
      const flagged = { flags, rows };
      d.deal(d.keepFlagged(d.ring.fill(d.memory.matrix(n, 1), 1n), flagged, 1));
      d.deal(d.keepFlagged(rho, flagged, k));
      return d.handle(n, k, 1);
    },

    twin(t) {
      const counted = t.flags({ flags, rows });
      const labels = t.privateRows(y, rows);
      const values = Float64Array.from(labels, (label, index) =>
        counted[Math.floor(index / k)] === 1 ? label - 0.5 : 0,
      );
      return t.wrap(values, n, k, 1);
    },
  };
}
