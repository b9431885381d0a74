// A hidden layer of sines and the linear layer on top of it, on dealt products of masks.
//
// n rows, H hidden units, k outputs; t = i H + h numbers a unit of a row. A matrix of "harmonics" has
// two rows, sines then cosines: F (n H words each), F beta and F eta (n H k), F eta beta (n H).

import { cosineFrom, halfSquare, pointOf, restOf, sineFrom, tableAt } from "./trigonometry";

/** activation (n x H) = a; output (n x k) = a omega + a beta. `drop` = 30 - bits of a public factor. */
export function sineForward(
  activation: usize, output: usize, angle: usize, F: usize, Fb: usize, omega: usize,
  table: usize, drop: u32, n: usize, H: usize, k: usize,
): void {
  const shift = <i64>drop;
  const half: i64 = (<i64>1) << (shift - 1);
  const cosines = (n * H) << 3;
  const cosinesB = cosines * k;
  const rowBytes = k << 3;
  for (let i: usize = 0; i < n; i++, output += rowBytes) {
    memory.fill(output, 0, rowBytes);
    let w = omega;
    for (let h: usize = 0; h < H; h++, angle += 4, F += 8, activation += 8) {
      const turn = load<u32>(angle);
      const rest = restOf(turn);
      const g = halfSquare(rest);
      const s0 = tableAt(table, pointOf(turn)), c0 = tableAt(table, pointOf(turn) + 1024);
      const s = (sineFrom(s0, c0, rest, g) + half) >> shift;
      const c = (cosineFrom(s0, c0, rest, g) + half) >> shift;
      const a = s * load<i64>(F + cosines) - c * load<i64>(F);
      store<i64>(activation, a);
      for (const end = output + rowBytes; output < end; output += 8, w += 8, Fb += 8) {
        store<i64>(output, load<i64>(output) + a * load<i64>(w) + s * load<i64>(Fb + cosinesB) - c * load<i64>(Fb));
      }
      output -= rowBytes;
    }
  }
}

/**
 * gradient (H x k, zeroed by the caller) += aT epsilon + aT eta; hidden (n x H) = (e WT) cos(c - r).
 * `dropA`, `dropC` = 30 - bits of the public factors of a and of the cosine.
 */
export function sineBackward(
  gradient: usize, hidden: usize, angle: usize, activation: usize, F: usize, Fb: usize, Fe: usize,
  Feb: usize, epsilon: usize, omega: usize, table: usize, dropA: u32, dropC: u32,
  n: usize, H: usize, k: usize,
): void {
  const shiftA = <i64>dropA, shiftC = <i64>dropC;
  const halfA: i64 = (<i64>1) << (shiftA - 1), halfC: i64 = (<i64>1) << (shiftC - 1);
  const cosines = (n * H) << 3;
  const cosinesB = cosines * k;
  const rowBytes = k << 3;
  for (let i: usize = 0; i < n; i++, epsilon += rowBytes) {
    let w = omega, out = gradient;
    for (
      let h: usize = 0;
      h < H;
      h++, angle += 4, F += 8, Feb += 8, activation += 8, hidden += 8
    ) {
      const turn = load<u32>(angle);
      const rest = restOf(turn);
      const g = halfSquare(rest);
      const s0 = tableAt(table, pointOf(turn)), c0 = tableAt(table, pointOf(turn) + 1024);
      const s = sineFrom(s0, c0, rest, g);
      const c = cosineFrom(s0, c0, rest, g);
      const sA = (s + halfA) >> shiftA, cA = (c + halfA) >> shiftA;
      const a = load<i64>(activation);
      let onSine = load<i64>(Feb), onCosine = load<i64>(Feb + cosines);
      let both: i64 = 0;
      for (const end = epsilon + rowBytes; epsilon < end; epsilon += 8, w += 8, out += 8, Fb += 8, Fe += 8) {
        const e = load<i64>(epsilon), o = load<i64>(w);
        const sineEta = load<i64>(Fe), cosineEta = load<i64>(Fe + cosinesB);
        store<i64>(out, load<i64>(out) + a * e + sA * cosineEta - cA * sineEta);
        both += e * o;
        onSine += e * load<i64>(Fb) + o * sineEta;
        onCosine += e * load<i64>(Fb + cosinesB) + o * cosineEta;
      }
      epsilon -= rowBytes;
      onSine += both * load<i64>(F);
      onCosine += both * load<i64>(F + cosines);
      store<i64>(hidden, ((c + halfC) >> shiftC) * onCosine + ((s + halfC) >> shiftC) * onSine);
    }
  }
}

/** Dealer: Fb[f][t k + j] = F[f][t] beta[h][j]. */
export function sineDealForward(Fb: usize, F: usize, beta: usize, n: usize, H: usize, k: usize): void {
  for (let row: usize = 0; row < 2 * n; row++) {
    let w = beta;
    for (let h: usize = 0; h < H; h++, F += 8) {
      const f = load<i64>(F);
      for (const end = w + (k << 3); w < end; w += 8, Fb += 8) store<i64>(Fb, f * load<i64>(w));
    }
  }
}

/** Dealer: Fe[f][t k + j] = F[f][t] eta[i][j]; Feb[f][t] = F[f][t] sum over j of eta[i][j] beta[h][j]. */
export function sineDealBackward(
  Fe: usize, Feb: usize, F: usize, beta: usize, eta: usize, n: usize, H: usize, k: usize,
): void {
  const rowBytes = k << 3;
  for (let f = 0; f < 2; f++) {
    let row = eta;
    for (let i: usize = 0; i < n; i++, row += rowBytes) {
      let w = beta;
      for (let h: usize = 0; h < H; h++, F += 8, Feb += 8) {
        const value = load<i64>(F);
        let sum: i64 = 0;
        for (let j: usize = 0; j < rowBytes; j += 8, w += 8, Fe += 8) {
          const e = load<i64>(row + j);
          store<i64>(Fe, value * e);
          sum += e * load<i64>(w);
        }
        store<i64>(Feb, value * sum);
      }
    }
  }
}
