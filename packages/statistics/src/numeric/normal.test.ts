import { describe, expect, it } from "vitest";
import { erfc, erfcx } from "./erfc.ts";
import { logNormalCdf, normalCdf, normalQuantile } from "./normal.ts";

/** x, erfc(x), exp(x²) erfc(x), computed with 40 digits; Abramowitz and Stegun, table 7.1, agrees. */
const TABLE: readonly (readonly [number, number, number])[] = [
  [-6, 2.0, 8622463094230390.4],
  [-2.5, 1.999593047982555, 1035.8148429726229],
  [-1, 1.8427007929497149, 5.0089800807622835],
  [-0.5, 1.5204998778130465, 1.9523604891825571],
  [-0.4, 1.4283923550466685, 1.676233956688859],
  [-0.01, 1.0112834155558496, 1.0113845489539908],
  [0.1, 0.8875370839817151, 0.89645697996912664],
  [0.4, 0.57160764495333152, 0.67078778529476151],
  [0.46875, 0.50738652678206201, 0.63206968924955608],
  [0.5, 0.47950012218695346, 0.61569034419292587],
  [1, 0.15729920705028513, 0.427583576155807],
  [2, 0.0046777349810472658, 0.25539567631050574],
  [3.75, 1.1372725656979665e-7, 0.14558972127503854],
  [4, 1.5417257900280019e-8, 0.13699945762506139],
  [4.25, 1.8505741373867425e-9, 0.12934527478598791],
  [5, 1.5374597944280349e-12, 0.11070463773306863],
  [10, 2.0884875837625448e-45, 0.056140992743822586],
  [20, 5.3958656116079009e-176, 0.028174348741051319],
  [26, 5.6631924088561428e-296, 0.021683584850562907],
];

describe("erfc", () => {
  it("equals 17 digits in every region, tails included", () => {
    expect(TABLE.length).toBeGreaterThan(10);
    for (const [x, plain, scaled] of TABLE) {
      expect(Math.abs(erfc(x) / plain - 1)).toBeLessThan(1e-14);
      expect(Math.abs(erfcx(x) / scaled - 1)).toBeLessThan(1e-14);
    }
    expect(erfc(0)).toBe(1);
    expect(erfc(40)).toBe(0);
    expect(erfcx(1e8) * 1e8 * Math.sqrt(Math.PI)).toBeCloseTo(1, 14);
  });

  it("has no step where one approximation follows another", () => {
    for (const seam of [-4, -0.46875, 0.46875, 4]) {
      expect(erfc(seam + 1e-12) / erfc(seam - 1e-12)).toBeCloseTo(1, 10);
    }
  });
});

describe("normal distribution", () => {
  it("goes there and back", () => {
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 13);
    expect(normalQuantile(1e-20)).toBeCloseTo(-9.262340089798408, 12);
    expect(normalQuantile(0.5)).toBeCloseTo(0, 14);
    for (const p of [1e-300, 1e-9, 0.2, 0.7, 0.999]) {
      expect(normalCdf(normalQuantile(p)) / p).toBeCloseTo(1, 10);
    }
  });

  it("has a finite logarithm where the value underflows", () => {
    // −x²/2 − log(x √(2π)) − 1/x², to the next term of the asymptotic series
    const asymptotic = -(1000 ** 2) / 2 - Math.log(1000 * Math.sqrt(2 * Math.PI)) - 1e-6;
    expect(logNormalCdf(-1000)).toBeCloseTo(asymptotic, 8);
    expect(logNormalCdf(9) / -1.1285884059538408e-19).toBeCloseTo(1, 12);
  });
});
