import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sumCosts } from "../cost.ts";
import type { Inputs, Machine, Operation } from "../machine.ts";
import { input, keep } from "../lessons/shared-input.ts";
import { opened } from "../testing/shares.ts";
import { runWorld, type WorldRun } from "../testing/world.ts";
import type { Shared } from "../values.ts";
import { elementwiseProduct, matrixProduct } from "../lessons/beaver.ts";
import { maskColumns } from "./mask-columns.ts";
import { periodic } from "./periodic.ts";
import { product } from "./product.ts";
import { reveal } from "./reveal.ts";
import { sineBackward, sineForward } from "./sine-layer.ts";
import { transposedProduct } from "./transposed-product.ts";
import { truncate } from "./truncate.ts";

const RUNS = { numRuns: 25 };
const size = fc.integer({ min: 1, max: 7 });
const numbers = (length: number, bound: number): fc.Arbitrary<Float64Array> =>
  fc
    .array(fc.double({ min: -bound, max: bound, noNaN: true }), {
      minLength: length,
      maxLength: length,
    })
    .map((values) => Float64Array.from(values));

/** Run one operation on inputs made by `prepare`, in a step of its own, and hand out its result. */
async function run<I>(
  prepare: (m: Machine, inputs: Inputs) => Promise<I>,
  operation: (input: I) => Operation<Shared>,
  inputs: Inputs = { features: {} },
): Promise<WorldRun<Shared> & { declared: Operation<Shared>["cost"]; rounds: number }> {
  let declared = { opened: { media: 0, commerce: 0 }, dealt: 0 };
  const before: Record<string, number> = {};
  const result = await runWorld(async (m, own) => {
    const prepared = await m.step(() => prepare(m, own));
    return m.step(async () => {
      const op = operation(prepared);
      if (m.role === "media") declared = op.cost;
      const [out] = await m.round(op);
      return keep(m, out);
    });
  }, inputs);
  return { ...result, declared, rounds: result.pair.media.rounds - (before.rounds ?? 0) };
}

function expectClose(actual: Float64Array, expected: Float64Array, tolerance: number): void {
  expect(actual.length).toBe(expected.length);
  actual.forEach((value, index) => {
    expect(Math.abs(value - (expected[index] ?? Number.NaN))).toBeLessThanOrEqual(tolerance);
  });
}

const vertical = fc
  .record({ rows: size, media: size, commerce: size, k: size, batch: size })
  .chain((shape) =>
    fc.record({
      shape: fc.constant(shape),
      media: numbers(shape.rows * shape.media, 4),
      commerce: numbers(shape.rows * shape.commerce, 4),
      weights: numbers((shape.media + shape.commerce) * shape.k, 8),
      errors: numbers(shape.batch * shape.k, 1),
      batch: fc.array(fc.nat(shape.rows - 1), { minLength: shape.batch, maxLength: shape.batch }),
    }),
  );

describe("operations agree with the plaintext twin", () => {
  it("private × shared, and its transpose", () =>
    fc.assert(
      fc.asyncProperty(
        vertical,
        fc.boolean(),
        async ({ shape, media, commerce, weights, errors, batch }, transposed) => {
          const rows = Uint32Array.from(batch);
          const width = { media: shape.media, commerce: shape.commerce };
          const d = shape.media + shape.commerce;
          const result = await run(
            async (m, own) => {
              const x = m.columns(shape.rows, width, 12, own);
              await m.round(maskColumns(x, 0, shape.rows));
              const shared = transposed
                ? await input(m, shape.batch, shape.k, 30, errors)
                : await input(m, d, shape.k, 30, weights);
              return { x, shared };
            },
            ({ x, shared }) =>
              transposed ? transposedProduct(x, rows, shared) : product(x, rows, shared),
            { features: { media, commerce } },
          );
          const { masked, twin } = opened(result);
          // Features are rounded to 2^-13, weights to 2^-31; at most 14 terms of size 8.
          expectClose(masked, twin, 14 * 8 * 2 ** -13 + 2 ** -20);
        },
      ),
      RUNS,
    ));

  it("Beaver products", () =>
    fc.assert(
      fc.asyncProperty(
        fc.tuple(size, size, size).chain(([n, m, k]) =>
          fc.record({
            shape: fc.constant({ n, m, k }),
            a: numbers(n * m, 100),
            b: numbers(m * k, 100),
            c: numbers(n * m, 100),
          }),
        ),
        async ({ shape: { n, m, k }, a, b, c }) => {
          const matrix = await run(
            async (machine) => ({
              a: await input(machine, n, m, 24, a),
              b: await input(machine, m, k, 24, b),
            }),
            ({ a, b }) => matrixProduct(a, b),
          );
          expectClose(opened(matrix).masked, opened(matrix).twin, 7 * 100 * 2 ** -23);
          const places = await run(
            async (machine) => ({
              a: await input(machine, n, m, 24, a),
              c: await input(machine, n, m, 24, c),
            }),
            ({ a, c }) => elementwiseProduct(a, c),
          );
          expectClose(opened(places).masked, opened(places).twin, 100 * 2 ** -23);
        },
      ),
      RUNS,
    ));

  it("truncation, never off by more than one unit", () =>
    fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 40 }),
        fc.array(fc.bigInt({ min: -(2n ** 52n), max: 2n ** 52n }), { minLength: 1, maxLength: 20 }),
        async (bits, values) => {
          const exact = Float64Array.from(values, Number);
          const result = await run(
            (m) => input(m, 1, values.length, 0, exact),
            (x) => truncate(x, bits),
          );
          const { masked, twin } = opened(result);
          expectClose(masked, twin, 2 ** (bits + 1) * 0.999999);
        },
      ),
      RUNS,
    ));

  it("periodic functions, several from one opening", () =>
    fc.assert(
      fc.asyncProperty(numbers(9, 1000), fc.integer({ min: 1, max: 6 }), async (z, harmonics) => {
        const series = [
          {
            constant: 0.5,
            sine: new Float64Array(harmonics).fill(0.3),
            cosine: new Float64Array(harmonics),
          },
          {
            constant: 0,
            sine: new Float64Array(harmonics),
            cosine: new Float64Array(harmonics).fill(-0.7),
          },
        ];
        const options = { periodLog2: 5, publicBits: 16, dealtBits: 16 };
        for (const [index] of series.entries()) {
          const result = await runWorld(async (m) => {
            const shared = await m.step(() => input(m, 3, 3, 40, z));
            return m.step(async () => {
              const [both] = await m.round(periodic(shared, series, options));
              return keep(m, both[index] as Shared);
            });
          });
          expectClose(opened(result).masked, opened(result).twin, harmonics * 4 * 2 ** -16);
        }
      }),
      RUNS,
    ));

  it("a sine layer, forward and backward", () =>
    fc.assert(
      fc.asyncProperty(
        fc.tuple(size, size, fc.integer({ min: 1, max: 3 })).chain(([n, h, k]) =>
          fc.record({
            shape: fc.constant({ n, h, k }),
            turns: numbers(n * h, 50),
            weights: numbers(h * k, 4),
            errors: numbers(n * k, 1),
          }),
        ),
        async ({ shape: { n, h, k }, turns, weights, errors }) => {
          const bits = { forward: 14, backward: 14, dealt: 14 };
          for (const part of ["output", "weights", "hidden"] as const) {
            const result = await runWorld(async (m) => {
              const inputs = await m.step(async () => ({
                u: await input(m, n, h, 30, turns),
                w: await input(m, h, k, 12, weights),
                e: await input(m, n, k, 12, errors),
              }));
              return m.step(async () => {
                const [layer] = await m.round(sineForward(inputs.u, inputs.w, bits));
                const [gradients] = await m.round(sineBackward(layer, inputs.e));
                return keep(m, part === "output" ? layer.output : gradients[part]);
              });
            });
            const { masked, twin } = opened(result);
            // Sines are off by 2^-14 or so, inputs by 2^-13; at most 7 terms of size 4.
            expectClose(masked, twin, 7 * 4 * 2 ** -11);
          }
        },
      ),
      RUNS,
    ));
});

const width = { media: 3, commerce: 2 };
const features = { media: new Float64Array(12), commerce: new Float64Array(8) };

describe("declared costs are what the meter counts", () => {
  const rows = Uint32Array.of(3, 1, 2);
  const table = (m: Machine, own: Inputs): Shared & { x: ReturnType<Machine["columns"]> } => {
    const x = m.columns(4, width, 12, own);
    return { x, rows: 0, cols: 0, scale: 0 };
  };
  const cases: Record<string, (m: Machine, own: Inputs) => Promise<Operation<unknown>>> = {
    "mask-columns": (m, own) => Promise.resolve(maskColumns(table(m, own).x, 0, 3)),
    product: (m, own) => Promise.resolve(product(table(m, own).x, rows, m.variable(5, 2, 20))),
    "transposed-product": (m, own) =>
      Promise.resolve(transposedProduct(table(m, own).x, rows, m.variable(3, 2, 20))),
    "matrix-product": (m) =>
      Promise.resolve(matrixProduct(m.variable(2, 3, 8), m.variable(3, 4, 8))),
    "elementwise-product": (m) =>
      Promise.resolve(elementwiseProduct(m.variable(2, 3, 8), m.variable(2, 3, 8))),
    truncate: (m) => Promise.resolve(truncate(m.variable(5, 2, 20), 7)),
    periodic: (m) =>
      Promise.resolve(
        periodic(
          m.variable(5, 2, 20),
          [{ constant: 0, sine: new Float64Array(3), cosine: new Float64Array(3) }],
          { periodLog2: 0, publicBits: 10, dealtBits: 10 },
        ),
      ),
    "sine-forward": (m) =>
      Promise.resolve(
        sineForward(m.variable(5, 2, 20), m.variable(2, 3, 8), {
          forward: 9,
          backward: 9,
          dealt: 9,
        }),
      ),
    "reveal to commerce": (m) =>
      Promise.resolve(reveal(m.variable(5, 2, 20), "commerce", { what: "a", why: "b" })),
    "reveal to media": (m) =>
      Promise.resolve(reveal(m.variable(5, 2, 20), "media", { what: "a", why: "b" })),
  };

  it("sine-backward, on a forward round of its own", async () => {
    const run = await runWorld(async (m) => {
      const u = m.variable(5, 2, 20);
      const bits = { forward: 9, backward: 9, dealt: 9 };
      return m.step(async () => {
        const forward = sineForward(u, m.variable(2, 3, 8), bits);
        const [layer] = await m.round(forward);
        const backward = sineBackward(layer, m.variable(5, 3, 12));
        await m.round(backward);
        return sumCosts([forward.cost, backward.cost]);
      });
    });
    const declared = run.media;
    expect(run.pair.media.sent.opening?.bytes).toBe(declared.opened.media);
    expect(run.pair.commerce.sent.opening?.bytes).toBe(declared.opened.commerce);
    expect(run.dealt.received.deal?.bytes).toBe(declared.dealt);
    expect(run.pair.media.rounds).toBe(2);
  });

  it.each(Object.entries(cases))("%s", async (_, make) => {
    const run = await runWorld(
      async (m, own) => {
        const operation = await make(m, own);
        await m.step(() => m.round(operation));
        return operation.cost;
      },
      { features },
    );
    const declared = run.media;
    expect(run.pair.media.sent.opening?.bytes ?? 0).toBe(declared.opened.media);
    expect(run.pair.commerce.sent.opening?.bytes ?? 0).toBe(declared.opened.commerce);
    expect(run.dealt.received.deal?.bytes ?? 0).toBe(declared.dealt);
    expect(run.pair.media.rounds).toBe(1);
    expect(run.dealer).toEqual(declared);
  });
});

describe("the data mask", () => {
  /** What commerce receives of two tables of media's that differ in one value. */
  const receivedOfTwo = async (zeroMasks: boolean): Promise<bigint[]> => {
    const [first, second] = [
      [1, 2, 3, 4],
      [1, 2, 3, 7],
    ].map((values) => Float64Array.from(values));
    const commerce = new Float64Array(4);
    const narrow = { media: 1, commerce: 1 };
    const seen: BigInt64Array[] = [];
    await runWorld(
      async (m, own) => {
        for (const media of [first, second]) {
          const features = {
            ...(own.features.media === undefined ? {} : { media: media ?? commerce }),
            ...(own.features.commerce === undefined ? {} : { commerce }),
          };
          const x = m.columns(4, narrow, 12, { features });
          await m.step(() => m.round(maskColumns(x, 0, 4)));
        }
      },
      { features: { media: commerce, commerce } },
      {
        zeroMasks,
        onOpened: (side, { bytes }) => {
          if (side === "commerce") seen.push(new BigInt64Array(bytes.slice().buffer));
        },
      },
    );
    const [one, two] = seen;
    return Array.from(two ?? [], (word, at) => BigInt.asIntN(64, word - (one?.[at] ?? 0n)));
  };

  it("is another one for a second table, so that a difference of two tables says nothing", async () => {
    const difference = await receivedOfTwo(false);
    expect(difference).toHaveLength(4);
    for (const word of difference) expect(word > -(2n ** 48n) && word < 2n ** 48n).toBe(false);
  });

  it("and where it is the same for both (the insecure control), the difference is in the open", async () => {
    expect(await receivedOfTwo(true)).toEqual([0n, 0n, 0n, 3n << 12n]);
  });

  it("is refused for rows that were sent before", async () => {
    const twice = runWorld(
      async (m, own) => {
        const x = m.columns(4, width, 12, own);
        await m.step(() => m.round(maskColumns(x, 0, 3)));
        await m.step(() => m.round(maskColumns(x, 2, 4)));
      },
      { features },
    );
    await expect(twice).rejects.toThrow(
      expect.objectContaining({
        cause: expect.objectContaining({ code: "MASK_REUSED" }) as unknown,
      }),
    );
  });
});

describe("rounds", () => {
  it("run several operations in one frame each way", async () => {
    const run = await runWorld(async (m) => {
      const a = await m.step(() => input(m, 2, 2, 10, Float64Array.of(1, 2, 3, 4)));
      return m.step(async () => {
        const [product, shorter] = await m.round(elementwiseProduct(a, a), truncate(a, 3));
        return keep(m, m.add(product, m.atScale(shorter, 20)));
      });
    });
    expect(run.pair.media.sent.opening?.frames).toBe(1);
    expectClose(opened(run).masked, Float64Array.of(2, 6, 12, 20), 2 ** -6);
  });

  it("give a ledger line for every reveal", async () => {
    const run = await runWorld(async (m) => {
      const a = await m.step(() => input(m, 1, 2, 10, Float64Array.of(1, -2)));
      return m.step(() => m.round(reveal(a, "commerce", { what: "two numbers", why: "a test" })));
    });
    expect(run.commerce[0]).toEqual(Float64Array.of(1, -2));
    expect(run.media[0]).toBeUndefined();
    expect(run.disclosures).toEqual([
      { what: "two numbers", why: "a test", to: "commerce", shape: "1×2" },
    ]);
  });
});
