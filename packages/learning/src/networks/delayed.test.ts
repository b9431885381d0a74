import { describe, expect, it } from "vitest";
import { delayed } from "./delayed.ts";
import type { Optimizer, StepRate } from "./optimizers.ts";

describe("a delayed optimizer", () => {
  const applied = (steps: number): [number | undefined, number][] => {
    const seen: [number | undefined, number][] = [];
    const plain: Optimizer = ([gradient], { rate }: StepRate) => {
      seen.push([gradient?.[0], rate]);
    };
    const late = delayed(plain, steps);
    for (const step of [1, 2, 3, 4]) {
      late([Float32Array.of(step)], { rate: step / 10, perRow: 1 });
    }
    return seen;
  };

  it("applies each gradient so many steps later, at the rate it was made for", () => {
    expect(applied(0).map(([gradient]) => gradient)).toEqual([1, 2, 3, 4]);
    expect(applied(1)).toEqual([
      [1, 0.1],
      [2, 0.2],
      [3, 0.3],
    ]);
    expect(applied(3).map(([gradient]) => gradient)).toEqual([1]);
  });
});
