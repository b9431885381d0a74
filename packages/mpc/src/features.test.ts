import { describe, expect, it } from "vitest";
import { featureRows, withOnes } from "./features.ts";

const values = Float64Array.of(1, 2, 3, 4, 5, 6);
const shape = { rows: 3, width: 2, whose: "commerce" };
const refused = expect.objectContaining({ code: "SHAPE_MISMATCH" }) as Error;

describe("features on demand", () => {
  it("are stretches of an array", () => {
    expect([...featureRows(values, shape).rows(1, 3)]).toEqual([3, 4, 5, 6]);
  });

  it("are refused where their shape is not the declared one", () => {
    expect(() => featureRows(values, { ...shape, rows: 4 })).toThrow(refused);
    expect(() => featureRows(undefined, shape)).toThrow(refused);
    const short = featureRows({ rows: () => new Float64Array(3) }, shape);
    expect(() => short.rows(0, 2)).toThrow(refused);
  });

  it("have nothing to tell where a side has no columns", () => {
    expect(featureRows(undefined, { ...shape, width: 0 }).rows(0, 3)).toHaveLength(0);
  });

  it("get a last column of ones, stretch by stretch", () => {
    const asked: number[][] = [];
    const source = {
      rows: (from: number, to: number) => {
        asked.push([from, to]);
        return values.subarray(2 * from, 2 * to);
      },
    };
    const wider = withOnes(source, shape);
    expect(asked).toEqual([]);
    expect([...wider.rows(1, 3)]).toEqual([3, 4, 1, 5, 6, 1]);
    expect(asked).toEqual([[1, 3]]);
    expect(() => withOnes(values.subarray(1), shape)).toThrow(refused);
  });
});
