import { MoongateError } from "@moongate/errors";
import type { Matrix, Words } from "@moongate/ring";
import { ANGLE, cost, WORD } from "../cost.ts";
import type { Operation } from "../machine.ts";
import type { DealerContext } from "../machines/contexts.ts";
import { requireShape, type Shared } from "../values.ts";

/** Fractional bits of a sine layer's factors: public sines forward and backward, and the dealt ones. */
export interface SineLayerBits {
  readonly forward: number;
  readonly backward: number;
  readonly dealt: number;
}

/**
 * A hidden layer of sines and the linear layer on top, between its forward and backward round.
 * What it remembers differs by role; it lives no longer than the step.
 */
export interface SineLayer {
  /** o = sin(2πu) W, |rows| × k. */
  readonly output: Shared;
  readonly u: Shared;
  readonly weights: Shared;
  readonly bits: SineLayerBits;
  readonly party?: PartyMemory;
  /** The dealing of the forward round that was last, at whoever deals. */
  readonly dealing: { last?: DealerMemory };
}

interface PartyMemory {
  readonly angle: Words;
  /** Public W − β. */
  readonly omega: Matrix;
  readonly activation: Matrix;
  readonly harmonics: Matrix;
  readonly harmonicsBeta: Matrix;
}

interface DealerMemory {
  readonly harmonics: Matrix;
  readonly beta: Matrix;
}

/**
 * Forward: o = a W with a = sin(2πu), u (n × h) in turns, W (h × k) shared. One round.
 *
 * With an angle r and a matrix β that only the dealer knows, let F be (sin 2πr, cos 2πr):
 * 1. The parties open c = u + r (as in `periodic`) and ω = W − β.
 * 2. The dealer deals shares of F and of every product F_ih β_hj.
 * 3. a = sin(c) cos(r) − cos(c) sin(r) is linear in F, and
 *    a W = a ω + a β is linear in F and Fβ, all with public factors.
 *
 * Beaver's way would open a − α as well: a round more, and more bytes on two hops than Fβ takes on
 * one. The dealer's knowledge of F is what makes the products cheap: masks times masks are its own.
 */
export function sineForward(u: Shared, weights: Shared, bits: SineLayerBits): Operation<SineLayer> {
  const [n, h, k] = [u.rows, u.cols, weights.cols];
  requireShape(weights, h, k, "the output weights");
  const scale = bits.forward + bits.dealt + weights.scale;
  const opened = n * h * ANGLE + h * k * WORD;
  const dealing: SineLayer["dealing"] = {};
  return {
    name: "sine-forward",
    cost: cost(opened, opened, 2 * n * h * (1 + k) * WORD),
    dealtFrom: "keys",
    openedAngles: n * h,

    party(p) {
      const angle = p.memory.words(n * h);
      p.ring.phase(angle, p.share(u), u.scale);
      p.ring.addWords(angle, angle, p.maskWords("r", n * h));
      const omega = p.memory.matrix(h, k);
      p.ring.subtract(omega, p.share(weights), p.mask("beta", h, k));
      return {
        opening: [angle, omega],
        finish(inbox) {
          const c = inbox.openedWords("angle", angle);
          const w = inbox.opened("omega", omega, weights);
          const harmonics = inbox.dealt(2, n * h);
          const harmonicsBeta = inbox.dealt(2, n * h * k);
          const activation = p.memory.matrix(n, h);
          const output = p.memory.matrix(n, k);
          p.ring.sineForward(
            { activation, output },
            { angle: c, harmonics, harmonicsBeta, omega: w },
            bits.forward,
          );
          return {
            output: p.wrap(output, scale),
            u,
            weights,
            bits,
            dealing,
            party: { angle: c, omega: w, activation, harmonics, harmonicsBeta },
          };
        },
      };
    },

    dealer(d) {
      const r = sumOfWords(d, "r", n * h);
      const beta = d.mask("commerce", "beta", h, k);
      const known = d.known(weights);
      if (known !== undefined) d.expect(d.ring.subtract(d.memory.matrix(h, k), known, beta));
      d.ring.add(beta, beta, d.mask("media", "beta", h, k));
      const harmonics = d.ring.harmonics(d.memory.matrix(2, n * h), r, bits.dealt);
      d.deal(harmonics);
      d.deal(d.ring.sineDealForward(d.memory.matrix(2, n * h * k), harmonics, beta));
      dealing.last = { harmonics, beta };
      return { output: d.handle(n, k, scale), u, weights, bits, dealing };
    },

    twin(t) {
      const [turns, w] = [t.value(u), t.value(weights)];
      const out = new Float64Array(n * k);
      for (let i = 0; i < n * h; i++) {
        const a = Math.sin(2 * Math.PI * (turns[i] ?? 0));
        const [row, unit] = [Math.floor(i / h), i % h];
        for (let j = 0; j < k; j++) {
          out[row * k + j] = (out[row * k + j] ?? 0) + a * (w[unit * k + j] ?? 0);
        }
      }
      return { output: t.wrap(out, n, k, scale), u, weights, bits, dealing };
    },
  };
}

/** The gradients of a sine layer. */
export interface SineGradients {
  /** aᵀ e, h × k. */
  readonly weights: Shared;
  /** δ = (e Wᵀ) ∘ cos(2πu), n × h: the derivative by u, but for the factor 2π. */
  readonly hidden: Shared;
}

/**
 * Backward, for errors e (n × k). One round, on the masks of the forward round.
 *
 * 1. The parties open ε = e − η, with η from their dealer seeds.
 * 2. The dealer deals shares of every F_ih η_ij, and of F_ih Σ_j η_ij β_hj.
 * 3. aᵀ e = aᵀ ε + aᵀ η is linear in F and Fη.
 * 4. e Wᵀ = Σ_j (ε + η)(ω + β) has four terms; times cos(c − r) = cos(c) cos(r) + sin(c) sin(r)
 *    they are linear in F, Fβ, Fη and Fηβ with public factors.
 *
 * ω, c and the dealt F, Fβ are used again, not opened again: the masks r and β hid their values
 * once, in the forward round.
 */
export function sineBackward(layer: SineLayer, e: Shared): Operation<SineGradients> {
  const { u, weights, bits } = layer;
  const [n, h, k] = [u.rows, u.cols, weights.cols];
  requireShape(e, n, k, "the errors");
  const weightScale = bits.forward + bits.dealt + e.scale;
  const hiddenScale = bits.backward + bits.dealt + weights.scale + e.scale;
  return {
    name: "sine-backward",
    cost: cost(n * k * WORD, n * k * WORD, 2 * n * h * (1 + k) * WORD),
    dealtFrom: "keys",

    party(p) {
      const memory = required(layer.party);
      const opening = p.memory.matrix(n, k);
      p.ring.subtract(opening, p.share(e), p.mask("eta", n, k));
      return {
        opening: [opening],
        finish(inbox) {
          const epsilon = inbox.opened("epsilon", opening);
          const harmonicsEta = inbox.dealt(2, n * h * k);
          const harmonicsBetaEta = inbox.dealt(2, n * h);
          const gradient = p.memory.matrix(h, k);
          const hidden = p.memory.matrix(n, h);
          p.ring.sineBackward(
            { gradient, hidden },
            { ...memory, epsilon, harmonicsEta, harmonicsBetaEta },
            bits,
          );
          return { weights: p.wrap(gradient, weightScale), hidden: p.wrap(hidden, hiddenScale) };
        },
      };
    },

    dealer(d) {
      const { harmonics, beta } = required(layer.dealing.last);
      const eta = sumOfMasks(d, "eta", n, k);
      const harmonicsEta = d.memory.matrix(2, n * h * k);
      const harmonicsBetaEta = d.memory.matrix(2, n * h);
      d.ring.sineDealBackward({ harmonicsEta, harmonicsBetaEta }, { harmonics, beta, eta });
      d.deal(harmonicsEta);
      d.deal(harmonicsBetaEta);
      return { weights: d.handle(h, k, weightScale), hidden: d.handle(n, h, hiddenScale) };
    },

    twin(t) {
      const [turns, w, errors] = [t.value(u), t.value(weights), t.value(e)];
      const gradient = new Float64Array(h * k);
      const hidden = new Float64Array(n * h);
      for (let i = 0; i < n * h; i++) {
        const [row, unit] = [Math.floor(i / h), i % h];
        const angle = 2 * Math.PI * (turns[i] ?? 0);
        let back = 0;
        for (let j = 0; j < k; j++) {
          const error = errors[row * k + j] ?? 0;
          gradient[unit * k + j] = (gradient[unit * k + j] ?? 0) + Math.sin(angle) * error;
          back += error * (w[unit * k + j] ?? 0);
        }
        hidden[i] = back * Math.cos(angle);
      }
      return {
        weights: t.wrap(gradient, h, k, weightScale),
        hidden: t.wrap(hidden, n, h, hiddenScale),
      };
    },
  };
}

function sumOfMasks(d: DealerContext, tensor: string, rows: number, cols: number): Matrix {
  const sum = d.mask("media", tensor, rows, cols);
  return d.ring.add(sum, sum, d.mask("commerce", tensor, rows, cols));
}

function sumOfWords(d: DealerContext, tensor: string, length: number): Words {
  const sum = d.maskWords("media", tensor, length);
  return d.ring.addWords(sum, sum, d.maskWords("commerce", tensor, length));
}

function required<T>(memory: T | undefined): T {
  if (memory !== undefined) return memory;
  throw new MoongateError("INTERNAL", "a sine layer was taken to another machine");
}
