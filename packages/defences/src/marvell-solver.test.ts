import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SOLVED } from "./marvell.fixture.ts";
import {
  errorBound,
  type MarvellNoise,
  type MarvellProblem,
  solveMarvell,
} from "./marvell-solver.ts";

type Variances = Omit<MarvellNoise, "sumKl">;

function sumKl({ u, v, g, d }: MarvellProblem, { lam10, lam20, lam11, lam21 }: Variances): number {
  const across = d === 1 ? 0 : (d - 1) * ((lam20 + u) / (lam21 + v) + (lam21 + v) / (lam20 + u));
  return (across + (lam10 + u + g) / (lam11 + v) + (lam11 + v + g) / (lam10 + u)) / 2 - d;
}

const powerOf = ({ p, d }: MarvellProblem, { lam10, lam20, lam11, lam21 }: Variances): number =>
  p * lam11 + p * (d - 1) * lam21 + (1 - p) * lam10 + (1 - p) * (d - 1) * lam20;

const exponent = (min: number, max: number): fc.Arbitrary<number> =>
  fc.double({ min, max, noNaN: true }).map((x) => 10 ** x);
const problems: fc.Arbitrary<MarvellProblem> = fc.record({
  u: exponent(-4, 0.5),
  v: exponent(-4, 0.5),
  g: exponent(-1, 1),
  d: fc.integer({ min: 1, max: 64 }),
  p: fc.double({ min: 0.01, max: 0.99, noNaN: true }),
  power: exponent(-2, 1.5),
});

/** Some other noise of the same power: weights of four shares, each class's along above its across. */
function feasible(problem: MarvellProblem, weights: readonly number[]): Variances {
  const [a = 0, b = 0, c = 0, e = 0] = weights;
  const raw = { lam10: a + b, lam20: b, lam11: c + e, lam21: e };
  const scale = problem.power / powerOf(problem, raw);
  return {
    lam10: raw.lam10 * scale,
    lam20: raw.lam20 * scale,
    lam11: raw.lam11 * scale,
    lam21: raw.lam21 * scale,
  };
}

describe("Marvell's optimisation", () => {
  it.each(SOLVED)(
    "solves the published instance u=$problem.u v=$problem.v s=$problem.power",
    (instance) => {
      const found = solveMarvell(instance.problem);
      expect(found.sumKl).toBeCloseTo(instance.noise.sumKl, 9);
      for (const name of ["lam10", "lam20", "lam11", "lam21"] as const) {
        expect(found[name]).toBeCloseTo(instance.noise[name], 6);
      }
      expect(errorBound(found.sumKl)).toBeCloseTo(instance.errorBound, 9);
    },
  );

  it("spends the power, keeps along above across, and reports its own sumKL", () => {
    fc.assert(
      fc.property(problems, (problem) => {
        const found = solveMarvell(problem);
        expect(powerOf(problem, found) / problem.power).toBeCloseTo(1, 9);
        expect(Math.min(found.lam20, found.lam21)).toBe(0);
        expect(found.lam10).toBeGreaterThanOrEqual(found.lam20);
        expect(found.lam11).toBeGreaterThanOrEqual(found.lam21);
        const own = sumKl(problem, found);
        expect(Math.abs(found.sumKl - own)).toBeLessThan(1e-9 * (1 + Math.abs(own)));
      }),
    );
  });

  it("is beaten by no other noise of that power", () => {
    const share = fc.integer({ min: 0, max: 1000 });
    const weights = fc.tuple(fc.integer({ min: 1, max: 1000 }), share, share, share);
    fc.assert(
      fc.property(
        problems,
        fc.array(weights, { minLength: 20, maxLength: 20 }),
        (problem, many) => {
          const found = solveMarvell(problem);
          for (const other of many) {
            const value = sumKl(problem, feasible(problem, other));
            expect(value).toBeGreaterThan(found.sumKl - 1e-7 * (1 + found.sumKl));
          }
        },
      ),
    );
  });

  it("is beaten by no step away from it", () => {
    const step = fc.double({ min: -0.05, max: 0.05, noNaN: true });
    fc.assert(
      fc.property(problems, step, step, step, step, (problem, a, b, c, e) => {
        const found = solveMarvell(problem);
        const near = feasible(problem, [
          Math.max(0, (found.lam10 - found.lam20) * (1 + a)),
          found.lam20 * (1 + b),
          Math.max(0, (found.lam11 - found.lam21) * (1 + c)),
          found.lam21 * (1 + e),
        ]);
        expect(sumKl(problem, near)).toBeGreaterThan(found.sumKl - 1e-7 * (1 + found.sumKl));
      }),
      { numRuns: 300 },
    );
  });

  it("leaves less to tell the more power it has", () => {
    fc.assert(
      fc.property(problems, (problem) => {
        const more = solveMarvell({ ...problem, power: 2 * problem.power });
        expect(more.sumKl).toBeLessThan(solveMarvell(problem).sumKl * (1 + 1e-9));
      }),
    );
  });

  it("does not depend on the size of gradients", () => {
    fc.assert(
      fc.property(problems, exponent(-18, 6), (problem, size) => {
        const { u, v, g, power } = problem;
        const scaled = { ...problem, u: u * size, v: v * size, g: g * size, power: power * size };
        const [found, other] = [solveMarvell(problem), solveMarvell(scaled)];
        expect(other.sumKl / found.sumKl).toBeCloseTo(1, 6);
        expect(Math.abs(other.lam10 / size - found.lam10)).toBeLessThan(1e-4 * power);
      }),
    );
  });

  it("changes sides when the classes do", () => {
    fc.assert(
      fc.property(problems, (problem) => {
        fc.pre(problem.u !== problem.v);
        const { u, v, p } = problem;
        const found = solveMarvell(problem);
        const other = solveMarvell({ ...problem, u: v, v: u, p: 1 - p });
        expect(other.sumKl).toBeCloseTo(found.sumKl, 6);
        expect(other.lam11).toBeCloseTo(found.lam10, 6);
        expect(other.lam21).toBeCloseTo(found.lam20, 6);
      }),
    );
  });
});
