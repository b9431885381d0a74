import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { overlap, placeLabels, spreadApart } from "./labels.ts";
import { linear, ticks } from "./scales.ts";

describe("labels", () => {
  it("stay off each other and off the marks where there is room", () => {
    const marks = Array.from({ length: 9 }, (_, index) => ({
      x: 60 + 90 * (index % 3),
      y: 60 + 60 * Math.floor(index / 3),
      width: 40,
      height: 11,
    }));
    const boxes = marks.map(({ x, y }) => ({ left: x - 5, top: y - 5, width: 10, height: 10 }));
    const placed = placeLabels(marks, boxes, { left: 0, top: 0, width: 320, height: 260 });
    for (const [index, box] of placed.entries()) {
      for (const other of [...boxes, ...placed.slice(index + 1)]) {
        expect(overlap(box, other)).toBe(0);
      }
    }
  });

  it("of one spot fan out, and those farther off get a line", () => {
    const spot = { x: 100, y: 100, width: 12, height: 11 };
    const mark = { left: 95, top: 95, width: 10, height: 10 };
    const bounds = { left: 0, top: 0, width: 200, height: 200 };
    const placed = placeLabels(
      Array.from({ length: 14 }, () => spot),
      [mark],
      bounds,
    );
    for (const [index, box] of placed.entries()) {
      for (const other of placed.slice(index + 1)) expect(overlap(box, other)).toBe(0);
    }
    expect(placed.some(({ far }) => far)).toBe(true);
  });
});

describe("spreadApart", () => {
  it("keeps the order, the gap and the range", () => {
    const places = fc.array(fc.double({ min: 0, max: 200, noNaN: true }), { maxLength: 5 });
    fc.assert(
      fc.property(places, (given) => {
        const moved = spreadApart(given, 20, [0, 200]);
        const sorted = moved.toSorted((a, b) => a - b);
        for (const [index, place] of sorted.entries()) {
          expect(place).toBeGreaterThanOrEqual(0);
          expect(place).toBeLessThanOrEqual(200);
          if (index > 0) expect(place - (sorted[index - 1] ?? 0)).toBeGreaterThan(19);
        }
        for (const [a, first] of given.entries()) {
          for (const [b, second] of given.entries()) {
            if (first < second) expect(moved[a]).toBeLessThan(moved[b] ?? 0);
          }
        }
      }),
    );
  });
});

describe("ticks", () => {
  it("are round, inside, and written without loss", () => {
    const low = fc.double({ min: -10, max: 10, noNaN: true });
    const span = fc.double({ min: 0.001, max: 10, noNaN: true });
    fc.assert(
      fc.property(low, span, (from, width) => {
        const { values, places } = ticks([from, from + width], 5);
        expect(values.length).toBeGreaterThanOrEqual(2);
        expect(values.length).toBeLessThanOrEqual(7);
        for (const value of values) {
          expect(value).toBeGreaterThanOrEqual(from - width * 1e-6);
          expect(value).toBeLessThanOrEqual(from + width * (1 + 1e-6));
          expect(Math.abs(Number(value.toFixed(places)) - value)).toBeLessThan(width * 1e-6);
        }
      }),
    );
  });

  it("lie where the scale says", () => {
    const scale = linear([0.5, 1], [100, 300]);
    expect([scale(0.5), scale(0.75), scale(1)]).toEqual([100, 200, 300]);
  });
});
