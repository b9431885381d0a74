import { describe, expect, it } from "vitest";
import type { Rows, VerticalMatrix } from "../values.ts";
import { Gathered } from "./gathered.ts";

const x: VerticalMatrix = { rows: 100, width: { media: 1, commerce: 1 }, scale: 12 };

function counting() {
  const collected: number[][] = [];
  const gathered = new Gathered<VerticalMatrix, readonly number[]>({
    collect: (_, rows: Rows) => {
      collected.push([...rows]);
      return [...rows].map((row) => 10 * row);
    },
    range: (parts, from, to) => parts.slice(from, to),
  });
  return { gathered, collected };
}

describe("the rows of a step", () => {
  const batch = Uint32Array.of(7, 3, 9, 4);

  it("are gathered once, for the whole batch and for stretches of it", () => {
    const { gathered, collected } = counting();
    expect(gathered.take(x, batch)).toEqual([70, 30, 90, 40]);
    expect(gathered.take(x, batch)).toEqual([70, 30, 90, 40]);
    expect(gathered.take(x, batch.subarray(1, 3))).toEqual([30, 90]);
    expect(gathered.take(x, batch.subarray(3))).toEqual([40]);
    expect(collected).toEqual([[7, 3, 9, 4]]);
  });

  it("are gathered anew for another list, another table, and after the step", () => {
    const { gathered, collected } = counting();
    gathered.take(x, batch.subarray(1, 3));
    expect(gathered.take(x, batch)).toEqual([70, 30, 90, 40]);
    expect(gathered.take(x, batch.slice(0, 2))).toEqual([70, 30]);
    expect(gathered.take({ ...x }, batch)).toEqual([70, 30, 90, 40]);
    gathered.clear();
    gathered.take(x, batch);
    expect(collected).toHaveLength(5);
  });
});
