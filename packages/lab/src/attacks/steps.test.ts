import { makePlan } from "@moongate/messages";
import { MemoryView } from "@moongate/views";
import { describe, expect, it } from "vitest";
import { knownRows, targetsOf } from "./known.ts";
import { lastEpoch, perRowTensors, sampled, stepsOf } from "./steps.ts";

const words = (...values: number[]): Uint8Array => new Uint8Array(Uint32Array.from(values).buffer);

function recorded(...batches: readonly number[][]): MemoryView {
  const view = new MemoryView({
    process: "media",
    plan: makePlan("s", ["bought"]),
    rows: { train: 6, validation: 0, test: 0 },
    width: { media: 1, commerce: 1 },
  });
  batches.forEach((batch, step) => {
    const shape = { rows: batch.length, cols: 1, element: "u32", step } as const;
    view.add({ name: "batch", source: "public", ...shape }, words(...batch));
    view.add({ name: "0:a/own", source: "own", ...shape }, words(...batch));
    view.add(
      { name: "1:periodic/angle", source: "opened", ...shape, rows: 2 * batch.length },
      words(...batch.flatMap((row) => [row, 2 ** 32 - row])),
    );
    view.add(
      { name: "2:truncate/value", source: "opened", ...shape, rows: 3, cols: 2 },
      words(1, 2, 3, 4, 5, 6),
    );
  });
  return view;
}

describe("the steps of a view", () => {
  it("have per-row tensors: what came, n rows, or one column of n·h angles, signed", () => {
    const view = recorded([4, 2]);
    const [step] = stepsOf(view);
    if (step === undefined) throw new Error("no step");
    expect([...step.positions]).toEqual([4, 2]);
    const found = perRowTensors(view, step);
    expect(found.map(({ name }) => name)).toEqual(["1:periodic/angle"]);
    expect(found[0]?.matrix).toEqual({ rows: 2, cols: 2, values: Float64Array.of(4, -4, 2, -2) });
  });

  it("end with an epoch", () => {
    const steps = stepsOf(recorded([0, 1], [2, 3], [4, 5], [1, 3], [0, 5], [2, 4]));
    expect(lastEpoch(steps).map(({ step }) => step)).toEqual([3, 4, 5]);
    expect(lastEpoch(stepsOf(recorded([0, 1], [2, 3])))).toHaveLength(2);
    expect(lastEpoch([])).toEqual([]);
  });

  it("are sampled evenly, first and last among them", () => {
    expect(sampled([0, 1, 2, 3, 4, 5, 6, 7, 8], 3)).toEqual([0, 4, 8]);
    expect(sampled([0, 1], 3)).toEqual([0, 1]);
    expect(sampled([5, 6], 1)).toEqual([5]);
  });
});

describe("known rows", () => {
  const values = Uint8Array.from({ length: 200 }, (_, at) => (at % 20 === 0 ? 1 : 0));
  const [a, b] = targetsOf({ values, names: ["a", "b"] }, 80);
  if (a === undefined || b === undefined) throw new Error("two labels");
  const classes = (rows: Uint32Array): number[] => Array.from(rows, (row) => a.values[row] ?? 9);

  it("are of each label apart", () => {
    expect(a.share).toBe(0.1);
    expect(b.share).toBe(0);
    expect([...a.values.subarray(0, 11)]).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
  });

  it("are training rows, half positive, the same for one seed", () => {
    const facts = "rows";
    const six = knownRows(a, 80, { facts, known: 6, seed: "1" });
    expect(classes(six).filter((label) => label === 1)).toHaveLength(3);
    expect(new Set(six).size).toBe(6);
    expect(six).toEqual(knownRows(a, 80, { facts, known: 6, seed: "1" }));
    expect(six).not.toEqual(knownRows(a, 80, { facts, known: 6, seed: "2" }));
    expect(Math.max(...six)).toBeLessThan(80);
  });

  it("leave half of the rarer class to be found, whichever it is", () => {
    const facts = "rows";
    const turned = { ...a, values: a.values.map((label) => 1 - label) };
    for (const [target, rare] of [
      [a, 1],
      [turned, 0],
    ] as const) {
      for (const [known, expected] of [
        [40, 40],
        [500, 76],
      ] as const) {
        const rows = knownRows(target, 80, { facts, known, seed: "1" });
        expect(new Set(rows).size).toBe(expected);
        expect(rows.filter((row) => target.values[row] === rare)).toHaveLength(4);
      }
    }
  });

  it("are positives where those alone are known, and none where nothing is", () => {
    const few = knownRows(a, 80, { facts: "positives", known: 3, seed: "1" });
    expect(classes(few)).toEqual([1, 1, 1]);
    expect(knownRows(b, 80, { facts: "positives", known: 3, seed: "1" })).toHaveLength(0);
    expect(knownRows(a, 80, { facts: "none", known: 3, seed: "1" })).toHaveLength(0);
  });
});
