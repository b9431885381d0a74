import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { elementwise as reference } from "../reference/index.ts";
import { Fixture } from "../testing/fixture.ts";
import { EXTREMES, seed, size, words } from "../testing/words.ts";

let f: Fixture;
beforeAll(async () => {
  f = await Fixture.create();
});

/** Runs the property for result in a matrix of its own, in the first and in the second operand. */
function againstReference(
  run: (out: ReturnType<Fixture["dirty"]>, a: typeof out, b: typeof out) => unknown,
  expected: (a: bigint[], b: bigint[]) => bigint[],
): void {
  const target = fc.constantFrom("own", "first", "second");
  fc.assert(
    fc.property(seed(), seed(), size(3), size(), target, (s, t, rows, cols, where) => {
      f.arena.reset();
      const [x, y] = [words(s, rows * cols), words(t, rows * cols)];
      const [a, b] = [f.matrix(x, rows, cols), f.matrix(y, rows, cols)];
      const out = where === "own" ? f.dirty(rows, cols) : where === "first" ? a : b;
      run(out, a, b);
      expect(f.ring.toBigints(out)).toEqual(expected(x, y));
      if (where !== "first") expect(f.ring.toBigints(a)).toEqual(x);
      if (where !== "second") expect(f.ring.toBigints(b)).toEqual(y);
    }),
  );
}

describe("elementwise kernels", () => {
  it("add", () => {
    againstReference((out, a, b) => f.ring.add(out, a, b), reference.add);
  });

  it("subtract", () => {
    againstReference((out, a, b) => f.ring.subtract(out, a, b), reference.subtract);
  });

  it("hadamard", () => {
    againstReference((out, a, b) => f.ring.hadamard(out, a, b), reference.hadamard);
  });

  it("negate", () => {
    againstReference((out, a) => f.ring.negate(out, a), reference.negate);
  });

  it("copy", () => {
    againstReference(
      (out, a) => f.ring.copy(out, a),
      (a) => a,
    );
  });

  it.each([...EXTREMES, -1n, 3n ** 60n])("addConstant, scale and fill by %s", (constant) => {
    againstReference(
      (out, a) => f.ring.addConstant(out, a, constant),
      (a) => reference.addConstant(a, constant),
    );
    againstReference(
      (out, a) => f.ring.scale(out, a, constant),
      (a) => reference.scale(a, constant),
    );
    againstReference(
      (out) => f.ring.fill(out, constant),
      (a) => a.map(() => BigInt.asUintN(64, constant)),
    );
  });

  it.each([0, 1, 31, 32, 63])("shiftLeft by %d", (bits) => {
    againstReference(
      (out, a) => f.ring.shiftLeft(out, a, bits),
      (a) => reference.shiftLeft(a, BigInt(bits)),
    );
  });

  it("refuses another shape, even of as many words", () => {
    const [a, b] = [f.arena.matrix(2, 3), f.arena.matrix(3, 2)];
    const refusal = expect.objectContaining({ code: "SHAPE_MISMATCH" }) as Error;
    expect(() => f.ring.add(a, a, b)).toThrow(refusal);
    expect(() => f.ring.add(b, a, a)).toThrow(refusal);
    expect(() => f.ring.copy(a, b)).toThrow(refusal);
  });

  it("refuses a matrix of another ring", async () => {
    const other = await Fixture.create();
    const [a, stranger] = [f.arena.matrix(1, 1), other.arena.matrix(1, 1)];
    const refusal = expect.objectContaining({ code: "SHAPE_MISMATCH" }) as Error;
    expect(() => f.ring.add(a, a, stranger)).toThrow(refusal);
    expect(() => f.ring.fill(stranger, 1n)).toThrow(refusal);
  });

  it.each([-1, 64, 1.5, Number.NaN])("refuses a shift by %d", (bits) => {
    const a = f.arena.matrix(1, 1);
    expect(() => f.ring.shiftLeft(a, a, bits)).toThrow(
      expect.objectContaining({ code: "SCALE_MISMATCH" }) as Error,
    );
  });
});
