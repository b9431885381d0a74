import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { betaCdf, logGamma } from "./beta.ts";

describe("logGamma", () => {
  it("equals tabulated values and factorials", () => {
    expect(logGamma(0.1)).toBeCloseTo(2.252712651734206, 13);
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 14);
    expect(logGamma(9.9)).toBeCloseTo(12.57717990421988, 12);
    expect(logGamma(100.5) / 361.43554046777757).toBeCloseTo(1, 14);
    expect(logGamma(1e6) / 12815504.569147611).toBeCloseTo(1, 14);
    let factorial = 1;
    for (let n = 1; n < 25; n++) {
      expect(logGamma(n)).toBeCloseTo(Math.log(factorial), 12);
      factorial *= n;
    }
  });
});

describe("betaCdf", () => {
  it("equals values of a published library, from few to half a million trials", () => {
    expect(betaCdf(0.3, 2, 3)).toBeCloseTo(0.3483, 14);
    expect(betaCdf(0.99, 0.5, 0.5)).toBeCloseTo(0.9362314391414803, 13);
    expect(betaCdf(1e-5, 0.5, 20) / 0.015857272684664293).toBeCloseTo(1, 12);
    expect(betaCdf(0.2, 1e5, 4e5)).toBeCloseTo(0.500282094883455, 8);
  });

  it("is the binomial tail", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 1, max: 30 }),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        (first, second, p) => {
          const [n, k] = [Math.max(first, second), Math.min(first, second)];
          let tail = 0;
          for (let i = k; i <= n; i++) {
            const choose = logGamma(n + 1) - logGamma(i + 1) - logGamma(n - i + 1);
            tail += Math.exp(choose + i * Math.log(p) + (n - i) * Math.log1p(-p));
          }
          expect(betaCdf(p, k, n - k + 1)).toBeCloseTo(tail, 11);
        },
      ),
    );
  });
});
