import { at } from "@moongate/errors";
import { SINE_TABLE_BITS } from "../sine-table.ts";
import { wrap } from "./elementwise.ts";
import { sineCosine } from "./trigonometry.ts";

/** n rows, H hidden units, k outputs; unit h of row i is number t = i H + h. */
export interface Sizes {
  readonly n: number;
  readonly h: number;
  readonly k: number;
}

/** A quantity dealt for sin r and for cos r. */
export interface Pair {
  readonly sine: readonly bigint[];
  readonly cosine: readonly bigint[];
}

const range = (length: number): number[] => Array.from({ length }, (_, i) => i);
const sum = (terms: readonly bigint[]): bigint => terms.reduce((total, one) => total + one, 0n);

/** The public factors of an angle at `bits` (below 30) bits. */
export function factors(angle: number, bits: number): { sine: bigint; cosine: bigint } {
  const drop = BigInt(SINE_TABLE_BITS - bits);
  const round = (x: bigint): bigint => (x + (1n << (drop - 1n))) >> drop;
  const { sine, cosine } = sineCosine(BigInt(angle));
  return { sine: round(sine), cosine: round(cosine) };
}

/** sin(c - r) times whatever the pair was multiplied with: sin c (cos r ·) - cos c (sin r ·). */
const sineOf = (angle: number, bits: number, pair: Pair, i: number): bigint => {
  const { sine, cosine } = factors(angle, bits);
  return sine * at(pair.cosine, i) - cosine * at(pair.sine, i);
};

/** a = sin(c - r), and a ω + a β with the pair Fβ. */
export function forward(
  { n, h, k }: Sizes,
  angle: readonly number[],
  harmonics: Pair,
  harmonicsBeta: Pair,
  omega: readonly bigint[],
  bits: number,
): { activation: bigint[]; output: bigint[] } {
  const a = angle.map((turn, t) => sineOf(turn, bits, harmonics, t));
  const term = (t: number, unit: number, j: number): bigint =>
    at(a, t) * at(omega, unit * k + j) + sineOf(at(angle, t), bits, harmonicsBeta, t * k + j);
  const output = range(n * k).map((o) => {
    const [i, j] = [Math.floor(o / k), o % k];
    return wrap(sum(range(h).map((unit) => term(i * h + unit, unit, j))));
  });
  return { activation: a.map(wrap), output };
}

/** aᵀ ε + aᵀ η with the pair Fη. */
export function gradient(
  { n, h, k }: Sizes,
  angle: readonly number[],
  activation: readonly bigint[],
  harmonicsEta: Pair,
  epsilon: readonly bigint[],
  bits: number,
): bigint[] {
  const term = (t: number, i: number, j: number): bigint =>
    at(activation, t) * at(epsilon, i * k + j) +
    sineOf(at(angle, t), bits, harmonicsEta, t * k + j);
  return range(h * k).map((o) => {
    const [unit, j] = [Math.floor(o / k), o % k];
    return wrap(sum(range(n).map((i) => term(i * h + unit, i, j))));
  });
}

/** cos(c - r) ∘ ((ε + η)(ω + β)ᵀ), multiplied out over F, Fβ, Fη and F Σ_j η β. */
export function hidden(
  { n, h, k }: Sizes,
  angle: readonly number[],
  dealt: { harmonics: Pair; beta: Pair; eta: Pair; betaEta: Pair },
  epsilon: readonly bigint[],
  omega: readonly bigint[],
  bits: number,
): bigint[] {
  return range(n * h).map((t) => {
    const [i, unit] = [Math.floor(t / h), t % h];
    const { sine, cosine } = factors(at(angle, t), bits);
    const on = (kind: "sine" | "cosine"): bigint =>
      at(dealt.betaEta[kind], t) +
      sum(
        range(k).map((j) => {
          const [e, o] = [at(epsilon, i * k + j), at(omega, unit * k + j)];
          const product = e * o * at(dealt.harmonics[kind], t);
          return product + e * at(dealt.beta[kind], t * k + j) + o * at(dealt.eta[kind], t * k + j);
        }),
      );
    return wrap(cosine * on("cosine") + sine * on("sine"));
  });
}

/** The dealer's F β and, with η in the place of β's rows, F η: every harmonic times a row of k words. */
export function times(
  { h, k }: Sizes,
  harmonics: readonly bigint[],
  factor: readonly bigint[],
  per: "unit" | "row",
): bigint[] {
  return harmonics.flatMap((value, t) => {
    const row = per === "unit" ? t % h : Math.floor(t / h);
    return range(k).map((j) => wrap(value * at(factor, row * k + j)));
  });
}

/** The dealer's F Σ_j η_ij β_hj. */
export function timesBoth(
  { h, k }: Sizes,
  harmonics: readonly bigint[],
  beta: readonly bigint[],
  eta: readonly bigint[],
): bigint[] {
  return harmonics.map((value, t) => {
    const [i, unit] = [Math.floor(t / h), t % h];
    const dots = range(k).map((j) => at(eta, i * k + j) * at(beta, unit * k + j));
    return wrap(value * sum(dots));
  });
}
