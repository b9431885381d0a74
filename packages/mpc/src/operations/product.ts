import type { Matrix } from "@moongate/ring";
import { cost, WORD } from "../cost.ts";
import type { Operation } from "../machine.ts";
import { otherSide, type Side } from "../side.ts";
import {
  requireShape,
  type Rows,
  type Shared,
  totalWidth,
  type VerticalMatrix,
} from "../values.ts";

/**
 * Private × shared: O = X[rows] · W, where each side holds its own columns of X in the clear and
 * the other's under the session's data mask, and W is shared (rows of W in the order of columns).
 *
 * For the columns of P, seen by the other side Q (both directions run in the same round):
 * 1. Q draws T from its dealer seed and opens W_Q − T to P.
 * 2. The dealer, who knows P's data mask R and T, deals shares G_P + G_Q = R T.
 * 3. P computes X (W_P + (W_Q − T)) − G_P.
 * 4. Q computes (X + R) T − G_Q.
 * The two add up to X W. One G serves both directions, as the sums meet in the same element.
 *
 * Safe because W_Q − T is uniform to P (T is fresh, known to Q and dealer only), and X + R was
 * uniform to Q when it was sent, once. R may stay because X stays: X + R is never sent again.
 */
export function product(x: VerticalMatrix, rows: Rows, w: Shared): Operation<Shared> {
  requireShape(w, totalWidth(x), w.cols, "the right factor");
  const { width } = x;
  const [n, k] = [rows.length, w.cols];
  const scale = x.scale + w.scale;
  return {
    name: "product",
    cost: cost(width.commerce * k * WORD, width.media * k * WORD, n * k * WORD),

    party(p) {
      const share = p.share(w);
      const theirs = otherSide(p.side);
      const mask = p.mask("T", width[theirs], k);
      const opening = p.memory.matrix(width[theirs], k);
      p.ring.subtract(opening, ownerRows(share, x, theirs), mask);
      return {
        opening: [opening],
        finish(inbox) {
          const operand = inbox.opened("operand", ownerRows(share, x, p.side), w);
          const { own, masked } = p.columns(x, rows);
          const out = p.memory.matrix(n, k);
          p.ring.multiply(out, own, operand);
          p.ring.multiply(out, masked, mask, { accumulate: true });
          p.ring.subtract(out, out, inbox.dealt(n, k));
          return p.wrap(out, scale);
        },
      };
    },

    dealer(d) {
      const data = d.columnMasks(x, rows);
      const correction = d.memory.matrix(n, k);
      const forMedia = d.mask("commerce", "T", width.media, k);
      const forCommerce = d.mask("media", "T", width.commerce, k);
      d.ring.multiply(correction, data.media, forMedia);
      d.ring.multiply(correction, data.commerce, forCommerce, { accumulate: true });
      d.deal(correction);
      const known = d.known(w);
      if (known !== undefined) {
        const opening = d.memory.matrix(width.media, k);
        d.expect(d.ring.subtract(opening, ownerRows(known, x, "media"), forMedia));
      }
      return d.handle(n, k, scale);
    },

    twin(t) {
      const [data, weights, width] = [t.columns(x, rows), t.value(w), totalWidth(x)];
      const out = new Float64Array(n * k);
      for (let i = 0; i < n; i++) {
        for (let column = 0; column < width; column++) {
          const value = data[i * width + column] ?? 0;
          if (value === 0) continue;
          for (let j = 0; j < k; j++) {
            out[i * k + j] = (out[i * k + j] ?? 0) + value * (weights[column * k + j] ?? 0);
          }
        }
      }
      return t.wrap(out, n, k, scale);
    },
  };
}

/** The rows of a matrix with one row a column of X that belong to that side's columns. */
export function ownerRows(w: Matrix, x: VerticalMatrix, side: Side): Matrix {
  return side === "media" ? w.rowRange(0, x.width.media) : w.rowRange(x.width.media, totalWidth(x));
}
