import { at, MoongateError } from "@moongate/errors";
import { ANGLE, cost, WORD } from "../cost.ts";
import type { Operation } from "../machine.ts";
import type { FlaggedRows, Shared } from "../values.ts";

/** constant + Σ_k sine[k−1]·sin(2πk z / period) + cosine[k−1]·cos(2πk z / period). */
export interface FourierSeries {
  readonly constant: number;
  readonly sine: Float64Array;
  readonly cosine: Float64Array;
}

export interface PeriodicOptions {
  /** The period is 2^periodLog2. */
  readonly periodLog2: number;
  /** Fractional bits of the public factors; the dealt ones'. The result's scale is their sum. */
  readonly publicBits: number;
  readonly dealtBits: number;
}

/**
 * Periodic functions of a shared z in one round (Boura et al., Financial Cryptography 2018).
 * Several series of the same harmonics cost one opening.
 *
 * 1. Each party keeps the low scale + periodLog2 bits of its share of z, and of those the top 32:
 *    an angle. Sums are modular, so nothing can wrap wrongly; the lost carry is one unit of 2^-32.
 * 2. Each party draws an angle r_i from its dealer seed and opens z_i + r_i. Both have c = z + r.
 * 3. The dealer deals shares of sin(2πkr) and cos(2πkr) for every harmonic k.
 * 4. sin k(c − r) = sin kc cos kr − cos kc sin kr (cos likewise) is linear in the dealt shares with
 *    public factors, which both parties compute in integers, bit for bit alike.
 *
 * @param counted gives f(z) in rows whose flag is set and exactly 0 in the others, for series without
 *   a constant: the dealer clears the others' columns of the table before it shares it. What is dealt
 *   is as long, and as uniform, as ever.
 */
export function periodic(
  z: Shared,
  series: readonly FourierSeries[],
  options: PeriodicOptions,
  counted?: FlaggedRows,
): Operation<Shared[]> {
  const { periodLog2, publicBits, dealtBits } = options;
  const n = z.rows * z.cols;
  const harmonics = series[0]?.sine.length ?? 0;
  const periodBits = z.scale + periodLog2;
  if (periodBits > 64) {
    throw new MoongateError(
      "SCALE_MISMATCH",
      `a period of ${periodBits} bits does not fit the ring`,
    );
  }
  if (counted !== undefined && series.some(({ constant }) => constant !== 0)) {
    throw new MoongateError("INTERNAL", "a constant would reach rows that do not count");
  }
  const scale = publicBits + dealtBits;
  return {
    name: "periodic",
    cost: cost(n * ANGLE, n * ANGLE, 2 * harmonics * n * WORD),
    openedAngles: n,
    dealtFrom: counted === undefined ? "keys" : undefined,

    party(p) {
      const opening = p.memory.words(n);
      p.ring.phase(opening, p.share(z), periodBits);
      p.ring.addWords(opening, opening, p.maskWords("r", n));
      return {
        opening: [opening],
        finish(inbox) {
          const c = inbox.openedWords("angle", opening);
          const dealt = inbox.dealt(2 * harmonics, n);
          return series.map(({ constant, sine, cosine }) => {
            const out = p.memory.matrix(z.rows, z.cols);
            p.ring.fourier(out, c, dealt, sine, cosine, publicBits);
            if (p.first && constant !== 0) {
              p.ring.addConstant(out, out, BigInt(Math.round(constant * 2 ** scale)));
            }
            return p.wrap(out, scale);
          });
        },
      };
    },

    dealer(d) {
      const r = d.maskWords("media", "r", n);
      d.ring.addWords(r, r, d.maskWords("commerce", "r", n));
      const table = d.memory.matrix(2 * harmonics, n);
      d.ring.harmonics(table, r, dealtBits);
      if (counted !== undefined) d.keepFlagged(table, counted, z.cols);
      d.deal(table);
      return series.map(() => d.handle(z.rows, z.cols, scale));
    },

    twin(t) {
      const values = t.value(z);
      const flags = counted === undefined ? undefined : t.flags(counted);
      const counts = (index: number): boolean => flags?.[Math.floor(index / z.cols)] !== 0;
      return series.map((each) => {
        const out = values.map((value, index) =>
          counts(index) ? evaluate(each, value / 2 ** periodLog2) : 0,
        );
        return t.wrap(out, z.rows, z.cols, scale);
      });
    },
  };
}

/** A series at a number of turns. */
export function evaluate({ constant, sine, cosine }: FourierSeries, turns: number): number {
  let sum = constant;
  for (let k = 1; k <= sine.length; k++) {
    const angle = 2 * Math.PI * k * turns;
    sum += at(sine, k - 1) * Math.sin(angle) + at(cosine, k - 1) * Math.cos(angle);
  }
  return sum;
}
