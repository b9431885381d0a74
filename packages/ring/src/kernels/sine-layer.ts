import { checkApart, checkBits, checkHome, checkLength, checkShape } from "../checks.ts";
import type { Core } from "../core.ts";
import { SINE_TABLE_BITS } from "../sine-table.ts";
import type { Matrix, Words } from "../types.ts";

/** A party's part of the forward round: n rows, H hidden units, k outputs. */
export interface SineForward {
  /** c, n·H. */
  readonly angle: Words;
  /** Shares of sin(2πr), then cos(2πr): 2 × nH. */
  readonly harmonics: Matrix;
  /** Shares of their products with β: 2 × nHk. */
  readonly harmonicsBeta: Matrix;
  /** Public W − β: H × k. */
  readonly omega: Matrix;
}

/** A party's part of the backward round. */
export interface SineBackward extends SineForward {
  /** Share of a: n × H. */
  readonly activation: Matrix;
  /** Public e − η: n × k. */
  readonly epsilon: Matrix;
  /** Shares of the harmonics' products with η: 2 × nHk. */
  readonly harmonicsEta: Matrix;
  /** Shares of the harmonics' products with Σ_j η_ij β_hj: 2 × nH. */
  readonly harmonicsBetaEta: Matrix;
}

const publicDrop = (bits: number): number => {
  checkBits("the number of public bits", bits, 0, SINE_TABLE_BITS - 1);
  return SINE_TABLE_BITS - bits;
};

function checkForward({ angle, harmonics, harmonicsBeta, omega }: SineForward, n: number): void {
  const [h, k] = [omega.rows, omega.cols];
  checkLength("the vector of angles", angle.length, n * h);
  checkShape("the dealt harmonics", harmonics, 2, n * h);
  checkShape("the dealt products with beta", harmonicsBeta, 2, n * h * k);
}

export function sineForward(
  core: Core,
  out: { readonly activation: Matrix; readonly output: Matrix },
  parts: SineForward,
  bits: number,
): void {
  const { activation, output } = out;
  const { angle, harmonics, harmonicsBeta, omega } = parts;
  checkHome(core, activation, output, angle, harmonics, harmonicsBeta, omega);
  const [n, h, k] = [activation.rows, omega.rows, omega.cols];
  checkForward(parts, n);
  checkShape("the activation", activation, n, h);
  checkShape("the output", output, n, k);
  checkApart(output, activation, harmonics, harmonicsBeta, omega);
  checkApart(activation, harmonics, harmonicsBeta, omega);
  core.kernels.sineForward(
    activation.pointer,
    output.pointer,
    angle.pointer,
    harmonics.pointer,
    harmonicsBeta.pointer,
    omega.pointer,
    core.table,
    publicDrop(bits),
    n,
    h,
    k,
  );
}

export function sineBackward(
  core: Core,
  out: { readonly gradient: Matrix; readonly hidden: Matrix },
  parts: SineBackward,
  bits: { readonly forward: number; readonly backward: number },
): void {
  const { gradient, hidden } = out;
  const { angle, harmonics, harmonicsBeta, omega, activation, epsilon } = parts;
  const { harmonicsEta, harmonicsBetaEta } = parts;
  const inputs = [harmonics, harmonicsBeta, omega, activation, epsilon, harmonicsEta];
  checkHome(core, gradient, hidden, angle, harmonicsBetaEta, ...inputs);
  const [n, h, k] = [activation.rows, omega.rows, omega.cols];
  checkForward(parts, n);
  checkShape("the activation", activation, n, h);
  checkShape("the opened errors", epsilon, n, k);
  checkShape("the dealt products with eta", harmonicsEta, 2, n * h * k);
  checkShape("the dealt products with eta and beta", harmonicsBetaEta, 2, n * h);
  checkShape("the gradient", gradient, h, k);
  checkShape("the hidden errors", hidden, n, h);
  checkApart(gradient, hidden, harmonicsBetaEta, ...inputs);
  checkApart(hidden, harmonicsBetaEta, ...inputs);
  gradient.bytes().fill(0);
  core.kernels.sineBackward(
    gradient.pointer,
    hidden.pointer,
    angle.pointer,
    activation.pointer,
    harmonics.pointer,
    harmonicsBeta.pointer,
    harmonicsEta.pointer,
    harmonicsBetaEta.pointer,
    epsilon.pointer,
    omega.pointer,
    core.table,
    publicDrop(bits.forward),
    publicDrop(bits.backward),
    n,
    h,
    k,
  );
}

export function sineDealForward(core: Core, out: Matrix, harmonics: Matrix, beta: Matrix): Matrix {
  checkHome(core, out, harmonics, beta);
  const n = beta.rows === 0 ? 0 : Math.floor(harmonics.cols / beta.rows);
  checkShape("the harmonics", harmonics, 2, n * beta.rows);
  checkShape("the products with beta", out, 2, n * beta.rows * beta.cols);
  checkApart(out, harmonics, beta);
  core.kernels.sineDealForward(
    out.pointer,
    harmonics.pointer,
    beta.pointer,
    n,
    beta.rows,
    beta.cols,
  );
  return out;
}

export function sineDealBackward(
  core: Core,
  out: { readonly harmonicsEta: Matrix; readonly harmonicsBetaEta: Matrix },
  parts: { readonly harmonics: Matrix; readonly beta: Matrix; readonly eta: Matrix },
): void {
  const { harmonicsEta, harmonicsBetaEta } = out;
  const { harmonics, beta, eta } = parts;
  checkHome(core, harmonicsEta, harmonicsBetaEta, harmonics, beta, eta);
  const [n, h, k] = [eta.rows, beta.rows, beta.cols];
  checkShape("eta", eta, n, k);
  checkShape("the harmonics", harmonics, 2, n * h);
  checkShape("the products with eta", harmonicsEta, 2, n * h * k);
  checkShape("the products with eta and beta", harmonicsBetaEta, 2, n * h);
  checkApart(harmonicsEta, harmonicsBetaEta, harmonics, beta, eta);
  checkApart(harmonicsBetaEta, harmonics, beta, eta);
  core.kernels.sineDealBackward(
    harmonicsEta.pointer,
    harmonicsBetaEta.pointer,
    harmonics.pointer,
    beta.pointer,
    eta.pointer,
    n,
    h,
    k,
  );
}
