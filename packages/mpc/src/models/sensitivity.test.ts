import { describe, expect, it } from "vitest";
import { shareOf } from "../machines/share-arithmetic.ts";
import { evaluate, periodic } from "../operations/periodic.ts";
import { product } from "../operations/product.ts";
import { transposedProduct } from "../operations/transposed-product.ts";
import { maskColumns } from "../operations/mask-columns.ts";
import { uniforms } from "../testing/table.ts";
import { runWorld, type WorldRun } from "../testing/world.ts";
import type { Shared } from "../values.ts";
import type { Inputs, Machine } from "../machine.ts";
import { clippedTable } from "./clipping.ts";
import { LOGISTIC_BITS } from "./logistic.ts";
import { SIGMOID_COEFFICIENTS, sigmoidOptions, sigmoidSeries } from "./sigmoid.ts";
import { gradientSensitivity, largestError, noiseDeviation, SIGMOID_SWING } from "./sensitivity.ts";
import { withIntercept } from "./table.ts";

const { features: FEATURE_BITS, weights: WEIGHT_BITS, noisySigmoid } = LOGISTIC_BITS;
const dp = { clip: 0.5, noiseMultiplier: 3 };
const width = { media: 4, commerce: 3 };

/** What both parties' words of a result add up to. */
const opened = (run: WorldRun<Shared>): bigint[] => {
  const commerce = shareOf(run.commerce).words();
  return Array.from(shareOf(run.media).words(), (word, index) =>
    BigInt.asIntN(64, word + (commerce[index] ?? 0n)),
  );
};

/** One step's gradient as the parties have it before noise, on clipped rows. */
const gradient =
  (rows: number, labels: number, perRow: number, weights: Float64Array) =>
  async (m: Machine, own: Inputs): Promise<Shared> => {
    const table = withIntercept(m, clippedTable({ rows, width, ...own }, dp, FEATURE_BITS));
    const x = m.columns(rows, table.width, FEATURE_BITS, table);
    const y = m.privateMatrix("commerce", rows, labels, own);
    const batch = Uint32Array.from({ length: rows }, (_, row) => row);
    const w = m.variable(8, labels, WEIGHT_BITS, weights);
    await m.step(() => m.round(maskColumns(x, 0, rows)));
    const out = m.variable(8, labels, WEIGHT_BITS);
    await m.step(async () => {
      const [logits] = await m.round(product(x, batch, w));
      const [[estimate]] = await m.round(
        periodic(logits, [sigmoidSeries(perRow)], sigmoidOptions(noisySigmoid)),
      );
      const error = m.subtractPrivate(estimate as Shared, y, batch, perRow);
      const [sum] = await m.round(transposedProduct(x, batch, error));
      m.assign(out, sum);
    });
    return out;
  };

describe("the largest error", () => {
  it("covers the sigmoid's series over its whole period", () => {
    const points = 1 << 15;
    let largest = 0;
    for (let i = 0; i < points; i++) {
      largest = Math.max(largest, Math.abs(evaluate(sigmoidSeries(1), i / points) - 0.5));
    }
    // Between two points the series moves by no more than its slope allows.
    const slope = SIGMOID_COEFFICIENTS.reduce(
      (sum, c, index) => sum + 2 * Math.PI * (index + 1) * Math.abs(c),
      0,
    );
    expect(largest + slope / (2 * points)).toBeLessThan(SIGMOID_SWING + 2e-4);
    expect(largest).toBeLessThan(SIGMOID_SWING);
    expect(largest).toBeGreaterThan(SIGMOID_SWING - 1e-4);
  });

  it.each([0.5, 1e-3, 3e-5, 4e-7])("covers what the parties compute, η = %s", async (perRow) => {
    // Logits all over the period, and labels 0 and 1; the angle masks are random.
    const [rows, random] = [4000, uniforms(`errors ${perRow}`)];
    const logits = Float64Array.from({ length: rows }, () => 64 * random() - 32);
    const inputs = {
      features: {},
      labels: Uint8Array.from({ length: rows }, () => Number(random() < 0.5)),
    };
    const batch = Uint32Array.from({ length: rows }, (_, row) => row);
    const run = await runWorld(async (m, own) => {
      const y = m.privateMatrix("commerce", rows, 1, own);
      const z = m.variable(rows, 1, 40, logits);
      const out = m.variable(rows, 1, noisySigmoid.public + noisySigmoid.dealt);
      await m.step(async () => {
        const [[estimate]] = await m.round(
          periodic(z, [sigmoidSeries(perRow)], sigmoidOptions(noisySigmoid)),
        );
        m.assign(out, m.subtractPrivate(estimate as Shared, y, batch, perRow));
      });
      return out;
    }, inputs);
    const largest = Math.max(...opened(run).map((word) => Math.abs(Number(word))));
    expect(largest).toBeLessThanOrEqual(largestError(perRow));
    expect(largest).toBeGreaterThan(0.9 * largestError(perRow) - 20);
  });
});

describe("the sensitivity of a gradient", () => {
  const [rows, labels] = [6, 2];

  /** Neighbours: all rows alike but one, whose features and labels are any others. */
  const pair = (seed: string): { first: Inputs; second: Inputs; weights: Float64Array } => {
    const random = uniforms(seed);
    const draw = (length: number, scale: number) =>
      Float64Array.from({ length }, () => scale * (2 * random() - 1));
    const media = draw(rows * width.media, 4);
    const commerce = draw(rows * width.commerce, 4);
    const labelsOf = Uint8Array.from({ length: rows * labels }, () => Number(random() < 0.5));
    const weights = draw(8 * labels, random() < 0.5 ? 1 : 8);
    const other = { media: media.slice(), commerce: commerce.slice(), labels: labelsOf.slice() };
    // The worst is near opposite rows with the same far-off error: the new row is the old one turned.
    const turned = random() < 0.5;
    const replace = (values: Float64Array, cols: number): void => {
      for (let i = 0; i < cols; i++) values[i] = turned ? -(values[i] ?? 0) : 8 * random() - 4;
    };
    replace(other.media, width.media);
    replace(other.commerce, width.commerce);
    for (let i = 0; i < labels; i++) other.labels[i] = Number(random() < 0.5);
    return {
      first: { features: { media, commerce }, labels: labelsOf },
      second: { features: { media: other.media, commerce: other.commerce }, labels: other.labels },
      weights,
    };
  };

  it("bounds what another user in one place changes, as the ring computes it", async () => {
    const perRow = 1e-3;
    const bound = gradientSensitivity(dp, { width, labels }, perRow);
    let largest = 0;
    for (let trial = 0; trial < 40; trial++) {
      const seed = `neighbours ${trial}`;
      const { first, second, weights } = pair(seed);
      const program = gradient(rows, labels, perRow, weights);
      const [one, two] = [
        await runWorld(program, first, { seed }),
        await runWorld(program, second, { seed }),
      ];
      const after = opened(two);
      const moved = Math.hypot(...opened(one).map((word, i) => Number(word - (after[i] ?? 0n))));
      expect(moved).toBeLessThanOrEqual(bound);
      largest = Math.max(largest, moved);
    }
    expect(largest).toBeGreaterThan(0.3 * bound);
  });

  it("grows with labels, rows' lengths and learning rate, and so does the noise", () => {
    const at = (clip: number, k: number, perRow: number): number =>
      gradientSensitivity({ ...dp, clip }, { width, labels: k }, perRow);
    expect(at(0.5, 4, 1e-3)).toBeCloseTo(2 * at(0.5, 1, 1e-3), 0);
    expect(at(1, 1, 1e-3)).toBeGreaterThan(1.5 * at(0.5, 1, 1e-3));
    expect(at(0.5, 1, 2e-3) / at(0.5, 1, 1e-3)).toBeCloseTo(2, 3);
    const sigma = noiseDeviation(dp, { width, labels }, 1e-3);
    expect(Number(sigma)).toBeGreaterThanOrEqual(3 * at(0.5, labels, 1e-3));
    expect(Number(sigma)).toBeLessThan(3 * at(0.5, labels, 1e-3) * (1 + 1e-9) + 1);
  });

  it("is refused where its noise would fill the ring", () => {
    const wild = { clip: 4, noiseMultiplier: 1e6 };
    expect(() => noiseDeviation(wild, { width, labels }, 8)).toThrow(
      expect.objectContaining({ code: "SATURATION" }),
    );
  });
});
