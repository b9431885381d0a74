import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { sineLayer as reference } from "../reference/index.ts";
import { Fixture } from "../testing/fixture.ts";
import { indices, seed, size, words } from "../testing/words.ts";

let f: Fixture;
beforeAll(async () => {
  f = await Fixture.create();
});

const sizes = (): fc.Arbitrary<reference.Sizes> =>
  fc.record({ n: size(5), h: fc.integer({ min: 1, max: 5 }), k: size(4) });
const bits = (): fc.Arbitrary<number> => fc.integer({ min: 0, max: 29 });

/** A random pair of `count` words each, as the two rows of a matrix too. */
function pair(from: number, count: number) {
  const [sine, cosine] = [words(from, count), words(from + 1, count)];
  return { sine, cosine, matrix: f.matrix([...sine, ...cosine], 2, count) };
}

function inputs(s: number, { n, h, k }: reference.Sizes) {
  f.arena.reset();
  return {
    angle: indices(s, n * h),
    harmonics: pair(s + 1, n * h),
    beta: pair(s + 3, n * h * k),
    eta: pair(s + 5, n * h * k),
    betaEta: pair(s + 7, n * h),
    omega: words(s + 9, h * k),
    epsilon: words(s + 10, n * k),
    activation: words(s + 11, n * h),
  };
}

describe("a sine layer", () => {
  it("goes forward as the reference", () => {
    fc.assert(
      fc.property(seed(), sizes(), bits(), (s, one, m) => {
        const { n, h, k } = one;
        const from = inputs(s, one);
        const out = { activation: f.dirty(n, h), output: f.dirty(n, k) };
        const parts = {
          angle: f.words(from.angle),
          harmonics: from.harmonics.matrix,
          harmonicsBeta: from.beta.matrix,
          omega: f.matrix(from.omega, h, k),
        };
        f.ring.sineForward(out, parts, m);
        const { angle, harmonics, beta, omega } = from;
        const expected = reference.forward(one, angle, harmonics, beta, omega, m);
        expect(f.ring.toBigints(out.activation)).toEqual(expected.activation);
        expect(f.ring.toBigints(out.output)).toEqual(expected.output);
      }),
    );
  });

  it("goes backward as the reference", () => {
    fc.assert(
      fc.property(seed(), sizes(), bits(), bits(), (s, one, forward, backward) => {
        const { n, h, k } = one;
        const from = inputs(s, one);
        const out = { gradient: f.dirty(h, k), hidden: f.dirty(n, h) };
        const parts = {
          angle: f.words(from.angle),
          harmonics: from.harmonics.matrix,
          harmonicsBeta: from.beta.matrix,
          omega: f.matrix(from.omega, h, k),
          activation: f.matrix(from.activation, n, h),
          epsilon: f.matrix(from.epsilon, n, k),
          harmonicsEta: from.eta.matrix,
          harmonicsBetaEta: from.betaEta.matrix,
        };
        f.ring.sineBackward(out, parts, { forward, backward });
        const { angle, activation, eta, epsilon, omega } = from;
        expect(f.ring.toBigints(out.gradient)).toEqual(
          reference.gradient(one, angle, activation, eta, epsilon, forward),
        );
        expect(f.ring.toBigints(out.hidden)).toEqual(
          reference.hidden(one, angle, from, epsilon, omega, backward),
        );
      }),
    );
  });

  it("is dealt as the reference", () => {
    fc.assert(
      fc.property(seed(), sizes(), (s, one) => {
        const { n, h, k } = one;
        const { harmonics } = inputs(s, one);
        const [beta, eta] = [words(s + 9, h * k), words(s + 10, n * k)];
        const both = (of: (row: readonly bigint[]) => bigint[]): bigint[] => [
          ...of(harmonics.sine),
          ...of(harmonics.cosine),
        ];
        const mask = f.matrix(beta, h, k);
        const products = f.dirty(2, n * h * k);
        f.ring.sineDealForward(products, harmonics.matrix, mask);
        expect(f.ring.toBigints(products)).toEqual(
          both((row) => reference.times(one, row, beta, "unit")),
        );
        const out = { harmonicsEta: f.dirty(2, n * h * k), harmonicsBetaEta: f.dirty(2, n * h) };
        const parts = { harmonics: harmonics.matrix, beta: mask, eta: f.matrix(eta, n, k) };
        f.ring.sineDealBackward(out, parts);
        expect(f.ring.toBigints(out.harmonicsEta)).toEqual(
          both((row) => reference.times(one, row, eta, "row")),
        );
        expect(f.ring.toBigints(out.harmonicsBetaEta)).toEqual(
          both((row) => reference.timesBoth(one, row, beta, eta)),
        );
      }),
    );
  });

  it("refuses harmonics that are not whole rows of units", () => {
    f.arena.reset();
    const refusal = expect.objectContaining({ code: "SHAPE_MISMATCH" }) as Error;
    const [out, harmonics, beta] = [f.dirty(2, 14), f.dirty(2, 7), f.dirty(3, 2)];
    expect(() => f.ring.sineDealForward(out, harmonics, beta)).toThrow(refusal);
  });
});
