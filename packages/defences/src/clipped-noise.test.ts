import { at } from "@moongate/errors";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clipAndAddNoise } from "./clipped-noise.ts";

import { moments, noiseOf, normals } from "./noise.fixture.ts";

const silent = { uniform: () => 0, normal: () => 0 };
const number = fc.float({ min: -100, max: 100, noNaN: true });

describe("clipping and Gaussian noise", () => {
  it("shortens rows to the clip, keeps their direction, and leaves shorter rows alone", () => {
    fc.assert(
      fc.property(
        fc.array(number, { minLength: 4, maxLength: 4 }),
        fc.float({ min: Math.fround(0.01), max: 50, noNaN: true }),
        (row, clip) => {
          const given = Float32Array.from(row);
          const out = clipAndAddNoise(given, 4, { clip, multiplier: 1 }, silent);
          const norm = Math.hypot(...given);
          expect(Math.hypot(...out)).toBeLessThan(clip * (1 + 1e-6));
          const scale = norm > clip ? clip / norm : 1;
          out.forEach((value, col) => {
            expect(Math.abs(value - at(given, col) * scale)).toBeLessThan(1e-5 * clip);
          });
        },
      ),
    );
  });

  it("clips each row by its own norm", () => {
    const given = Float32Array.of(3, 4, 0.3, 0.4);
    expect(Array.from(clipAndAddNoise(given, 2, { clip: 1, multiplier: 1 }, silent))).toEqual(
      Array.from(Float32Array.of(0.6, 0.8, 0.3, 0.4)),
    );
    expect(Array.from(given)).toEqual(Array.from(Float32Array.of(3, 4, 0.3, 0.4)));
  });

  it("adds noise of deviation multiplier · clip, the same for long rows and for zeros", () => {
    const noise = noiseOf("deviation").stream("x");
    for (const size of [0, 50]) {
      const given = normals("rows", 40_000).map((value) => size * value);
      const clipped = clipAndAddNoise(given, 4, { clip: 0.5, multiplier: 3 }, silent);
      const noisy = clipAndAddNoise(given, 4, { clip: 0.5, multiplier: 3 }, noise);
      const { mean, variance } = moments(noisy.map((value, index) => value - at(clipped, index)));
      expect(Math.abs(mean)).toBeLessThan(0.03);
      expect(variance / 2.25).toBeCloseTo(1, 1.5);
    }
  });
});
