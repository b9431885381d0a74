import { at, MoongateError } from "@moongate/errors";
import type { Matrix, Ring } from "@moongate/ring";
import { cost, WORD } from "../cost.ts";
import type { Operation } from "../machine.ts";
import { requireShape, type Shared } from "../values.ts";

/** How two matrices are multiplied: as matrices, or place by place. */
interface Multiplication {
  readonly name: string;
  readonly rows: number;
  readonly cols: number;
  multiply(ring: Ring, out: Matrix, a: Matrix, b: Matrix): void;
  twin(a: Float64Array, b: Float64Array): Float64Array;
}

/** Shared × shared as matrices (Beaver, CRYPTO 1991): a (n×m) · b (m×k). */
export function matrixProduct(a: Shared, b: Shared): Operation<Shared> {
  if (a.cols !== b.rows) {
    throw new MoongateError("SHAPE_MISMATCH", `${a.rows}×${a.cols} times ${b.rows}×${b.cols}`);
  }
  const [n, m, k] = [a.rows, a.cols, b.cols];
  return beaver(a, b, {
    name: "matrix-product",
    rows: n,
    cols: k,
    multiply: (ring, out, left, right) => {
      ring.multiply(out, left, right);
    },
    twin: (left, right) => {
      const out = new Float64Array(n * k);
      for (let i = 0; i < n; i++) {
        for (let l = 0; l < m; l++) {
          const value = at(left, i * m + l);
          for (let j = 0; j < k; j++)
            out[i * k + j] = at(out, i * k + j) + value * at(right, l * k + j);
        }
      }
      return out;
    },
  });
}

/** Shared × shared, place by place. */
export function elementwiseProduct(a: Shared, b: Shared): Operation<Shared> {
  requireShape(b, a.rows, a.cols, "the right factor");
  return beaver(a, b, {
    name: "elementwise-product",
    rows: a.rows,
    cols: a.cols,
    multiply: (ring, out, left, right) => {
      ring.hadamard(out, left, right);
    },
    twin: (left, right) => left.map((value, index) => value * at(right, index)),
  });
}

/**
 * Beaver's product, the lesson that the models' operations begin from:
 *
 * 1. The parties draw shares of uniform α, β from their dealer seeds and open a − α, b − β.
 * 2. The dealer deals shares of α β.
 * 3. With the openings δ, ε public, a b = δ ε + δ β + α ε + α β is linear in the shares; media adds
 *    the public δ ε.
 */
function beaver(a: Shared, b: Shared, how: Multiplication): Operation<Shared> {
  const bytes = (a.rows * a.cols + b.rows * b.cols) * WORD;
  const scale = a.scale + b.scale;
  return {
    name: how.name,
    cost: cost(bytes, bytes, how.rows * how.cols * WORD),

    party(p) {
      const alpha = p.mask("alpha", a.rows, a.cols);
      const beta = p.mask("beta", b.rows, b.cols);
      const delta = p.memory.matrix(a.rows, a.cols);
      const epsilon = p.memory.matrix(b.rows, b.cols);
      p.ring.subtract(delta, p.share(a), alpha);
      p.ring.subtract(epsilon, p.share(b), beta);
      return {
        opening: [delta, epsilon],
        finish(inbox) {
          const d = inbox.opened("delta", delta);
          const e = inbox.opened("epsilon", epsilon);
          const out = p.memory.matrix(how.rows, how.cols);
          const term = p.memory.matrix(how.rows, how.cols);
          how.multiply(p.ring, out, alpha, e);
          // δ (β + ε) at media takes the public δ ε along.
          if (p.first) p.ring.add(beta, beta, e);
          how.multiply(p.ring, term, d, beta);
          p.ring.add(out, out, term);
          p.ring.add(out, out, inbox.dealt(how.rows, how.cols));
          return p.wrap(out, scale);
        },
      };
    },

    dealer(d) {
      const alpha = d.mask("media", "alpha", a.rows, a.cols);
      d.ring.add(alpha, alpha, d.mask("commerce", "alpha", a.rows, a.cols));
      const beta = d.mask("media", "beta", b.rows, b.cols);
      d.ring.add(beta, beta, d.mask("commerce", "beta", b.rows, b.cols));
      const product = d.memory.matrix(how.rows, how.cols);
      how.multiply(d.ring, product, alpha, beta);
      d.deal(product);
      return d.handle(how.rows, how.cols, scale);
    },

    twin: (t) => t.wrap(how.twin(t.value(a), t.value(b)), how.rows, how.cols, scale),
  };
}
