import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FourierTransform } from "./fft.ts";

const numbers = (length: number): fc.Arbitrary<number[]> =>
  fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: length, maxLength: length });

describe("FourierTransform", () => {
  it("equals the sum it stands for", () => {
    fc.assert(
      fc.property(numbers(16), numbers(16), (re, im) => {
        const [real, imaginary] = [Float64Array.from(re), Float64Array.from(im)];
        new FourierTransform(16).forward(real, imaginary);
        for (let f = 0; f < 16; f++) {
          let [sumRe, sumIm] = [0, 0];
          for (let s = 0; s < 16; s++) {
            const angle = (-2 * Math.PI * f * s) / 16;
            sumRe += (re[s] ?? 0) * Math.cos(angle) - (im[s] ?? 0) * Math.sin(angle);
            sumIm += (re[s] ?? 0) * Math.sin(angle) + (im[s] ?? 0) * Math.cos(angle);
          }
          expect(real[f]).toBeCloseTo(sumRe, 12);
          expect(imaginary[f]).toBeCloseTo(sumIm, 12);
        }
      }),
    );
  });

  it.each([1, 2, 8, 1 << 14])("is undone by its inverse at length %i", (length) => {
    const before = Float64Array.from({ length }, (_, i) => Math.sin(i * i));
    const [real, imaginary] = [before.slice(), before.toReversed()];
    const transform = new FourierTransform(length);
    transform.forward(real, imaginary);
    transform.inverse(real, imaginary);
    for (let i = 0; i < length; i++) {
      expect(real[i]).toBeCloseTo(before[i] ?? NaN, 13);
      expect(imaginary[i]).toBeCloseTo(before[length - 1 - i] ?? NaN, 13);
    }
  });

  it("refuses other lengths", () => {
    expect(() => new FourierTransform(12)).toThrow("not a power of two");
    expect(() => {
      new FourierTransform(8).forward(new Float64Array(4), new Float64Array(4));
    }).toThrow("another length");
  });
});
