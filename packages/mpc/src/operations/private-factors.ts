import { at } from "@moongate/errors";
import { cost, WORD } from "../cost.ts";
import type { Operation } from "../machine.ts";
import { requireShape, type PrivateMatrix, type Rows, type Shared } from "../values.ts";

/**
 * Private × shared, elementwise: w ∘ V for small integers w that commerce knows and a shared V of
 * the same shape. Media does not learn w, nor commerce V.
 *
 * With a mask α from commerce's dealer seed and β from media's:
 * 1. Commerce opens w − α, media opens V_M − β.
 * 2. The dealer deals shares of α ∘ β.
 * 3. Commerce computes w ∘ (V_C + (V_M − β)), media (w − α) ∘ β; with the shares of α ∘ β they add
 *    up to w ∘ V_C + w ∘ V_M.
 *
 * What each receives is uniform: α and β are fresh, known to their owner and the dealer alone.
 *
 * @param bits a word of w stands for word / 2^bits.
 */
export function privateFactors(w: PrivateMatrix, v: Shared, bits: number): Operation<Shared> {
  requireShape(v, w.rows, w.cols, "the shared factor");
  const { rows, cols } = v;
  const bytes = rows * cols * WORD;
  const all: Rows = Uint32Array.from({ length: rows }, (_, row) => row);
  const scale = v.scale + bits;
  return {
    name: "private-factors",
    dealtFrom: "keys",
    cost: cost(bytes, bytes, bytes),

    party(p) {
      const factors = p.privateRows(w, all);
      const mask = p.mask(factors === undefined ? "beta" : "alpha", rows, cols);
      const opening = p.memory.matrix(rows, cols);
      p.ring.subtract(opening, factors ?? p.share(v), mask);
      return {
        opening: [opening],
        finish(inbox) {
          const theirs = inbox.received(factors === undefined ? "factors" : "value", rows, cols);
          const out = p.memory.matrix(rows, cols);
          if (factors === undefined) p.ring.hadamard(out, theirs, mask);
          else p.ring.hadamard(out, p.ring.add(out, theirs, p.share(v)), factors);
          return p.wrap(p.ring.add(out, out, inbox.dealt(rows, cols)), scale);
        },
      };
    },

    dealer(d) {
      const product = d.mask("commerce", "alpha", rows, cols);
      d.deal(d.ring.hadamard(product, product, d.mask("media", "beta", rows, cols)));
      return d.handle(rows, cols, scale);
    },

    twin(t) {
      const factors = t.privateRows(w, all);
      const values = t.value(v).map((value, index) => (value * at(factors, index)) / 2 ** bits);
      return t.wrap(values, rows, cols, scale);
    },
  };
}
