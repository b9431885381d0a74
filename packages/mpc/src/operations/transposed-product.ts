import { cost, WORD } from "../cost.ts";
import type { Operation } from "../machine.ts";
import { otherSide } from "../side.ts";
import {
  requireShape,
  type Rows,
  type Shared,
  totalWidth,
  type VerticalMatrix,
} from "../values.ts";
import { ownerRows } from "./product.ts";

/**
 * Gradient product: G = X[rows]ᵀ · E with E shared: `product` with the mask's role transposed.
 *
 * For the columns of P, seen by the other side Q:
 * 1. Q draws T (|rows| × k) from its dealer seed and opens E_Q − T to P.
 * 2. The dealer deals shares D_P + D_Q = R[rows]ᵀ T.
 * 3. P computes Xᵀ (E_P + (E_Q − T)) − D_P for its own columns' rows of the gradient.
 * 4. Q computes (X + R)ᵀ T − D_Q for the same rows.
 */
export function transposedProduct(x: VerticalMatrix, rows: Rows, e: Shared): Operation<Shared> {
  requireShape(e, rows.length, e.cols, "the right factor");
  const [n, d, k] = [rows.length, totalWidth(x), e.cols];
  const scale = x.scale + e.scale;
  return {
    name: "transposed-product",
    cost: cost(n * k * WORD, n * k * WORD, d * k * WORD),

    party(p) {
      const share = p.share(e);
      const mask = p.mask("T", n, k);
      const opening = p.memory.matrix(n, k);
      p.ring.subtract(opening, share, mask);
      return {
        opening: [opening],
        finish(inbox) {
          const operand = inbox.opened("operand", share);
          const { own, masked } = p.columns(x, rows);
          const out = p.memory.matrix(d, k);
          p.ring.multiplyTransposed(ownerRows(out, x, p.side), own, operand);
          const theirs = ownerRows(out, x, otherSide(p.side));
          p.ring.multiplyTransposed(theirs, masked, mask);
          p.ring.subtract(out, out, inbox.dealt(d, k));
          return p.wrap(out, scale);
        },
      };
    },

    dealer(dealer) {
      const data = dealer.columnMasks(x, rows);
      const correction = dealer.memory.matrix(d, k);
      for (const side of ["media", "commerce"] as const) {
        const mask = dealer.mask(otherSide(side), "T", n, k);
        const out = ownerRows(correction, x, side);
        dealer.ring.multiplyTransposed(out, data[side], mask);
      }
      dealer.deal(correction);
      return dealer.handle(d, k, scale);
    },

    twin(t) {
      const [data, errors] = [t.columns(x, rows), t.value(e)];
      const out = new Float64Array(d * k);
      for (let i = 0; i < n; i++) {
        for (let column = 0; column < d; column++) {
          const value = data[i * d + column] ?? 0;
          if (value === 0) continue;
          for (let j = 0; j < k; j++) {
            out[column * k + j] = (out[column * k + j] ?? 0) + value * (errors[i * k + j] ?? 0);
          }
        }
      }
      return t.wrap(out, d, k, scale);
    },
  };
}
