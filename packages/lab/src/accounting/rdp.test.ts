import { describe, expect, it } from "vitest";
import { smallestNoiseMultiplier } from "./calibrate.ts";
import { randomisedResponseRdp, keepProbability } from "./randomised-response.ts";
import {
  composeRdp,
  RDP_ORDERS,
  type RdpCurve,
  rdpDelta,
  rdpEpsilon,
  sampledGaussianCurve,
} from "./rdp.ts";
import { published, type PublishedRow, reference } from "./reference.fixture.ts";

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i);
const tenths = range(1, 99).map((x) => 1 + x / 10);
const halves = [1.25, 1.5, 1.75, 2, 2.25, 2.5, 3, 3.5, 4, 4.5];

/** The orders with which a source computed its figures. */
function ordersOf({ source }: PublishedRow): readonly number[] {
  if (source.startsWith("pytorch/opacus")) return [...tenths, ...range(12, 63)];
  if (source.includes("_test.py:4")) return [...halves, ...range(5, 63), 128, 256, 512];
  return RDP_ORDERS;
}

function curveOf(row: PublishedRow): RdpCurve {
  const mechanism = { noiseMultiplier: row.sigma, sampleRate: row.sample_rate };
  return sampledGaussianCurve(mechanism, row.steps, ordersOf(row));
}

/** σ = 0.1 and an ε of six million: its tolerance is below the resolution of doubles. */
const degenerate = (row: PublishedRow): boolean => row.sigma === 0.1;

describe("rdpEpsilon", () => {
  it.each(published("rdp").filter((row) => !degenerate(row)))(
    "σ $sigma, q $sample_rate, $steps steps: as in $source",
    (row) => {
      const { epsilon, order } = rdpEpsilon(curveOf(row), row.delta);
      const signed = row.recomputed?.opacus_signed_orders;
      const unsigned = row.recomputed?.google_head_rdp;
      // some sources drop the binomial's signs, and are looser: then the figure with signs counts
      const dropped = typeof signed === "number" && signed < row.epsilon - row.tolerance_abs;
      const expected = dropped ? signed : row.epsilon;
      expect(Math.abs(epsilon - expected)).toBeLessThan(row.tolerance_abs);
      if (dropped) expect(Math.abs((unsigned ?? NaN) - row.epsilon)).toBeLessThan(1e-3);
      if (row.optimal_order !== undefined) expect(order).toBe(row.optimal_order);
    },
  );

  it("equals a published ε of six million to eleven digits, and its exact value to thirteen", () => {
    const [row, ...others] = published("rdp").filter(degenerate);
    expect(others).toHaveLength(0);
    if (row === undefined) throw new Error("the degenerate row is gone");
    const { epsilon, order } = rdpEpsilon(curveOf(row), row.delta);
    expect(order).toBe(row.optimal_order);
    // 60 digits, with the binomial's signs; without them it is the published figure, 3e-12 above
    expect(Math.abs(epsilon / 5907982.31138201213 - 1)).toBeLessThan(1e-13);
    expect(epsilon).toBeLessThan(row.epsilon);
    expect(epsilon / row.epsilon).toBeCloseTo(1, 11);
  });

  it.each(reference.computed_here)("σ $sigma, q $sample_rate, $steps steps, recomputed", (row) => {
    const mechanism = { noiseMultiplier: row.sigma, sampleRate: row.sample_rate };
    const fine = rdpEpsilon(sampledGaussianCurve(mechanism, row.steps), row.delta);
    expect(fine.epsilon).toBeCloseTo(row.rdp_opacus, 8);
    const whole = sampledGaussianCurve(mechanism, row.steps, range(2, 256));
    const coarse = rdpEpsilon(whole, row.delta);
    expect(coarse.epsilon).toBeCloseTo(row.rdp_int_orders, 8);
    expect(coarse.order).toBe(row.rdp_int_best_order);
  });

  it("converts as published", () => {
    for (const row of published("rdp_conversion")) {
      const orders = range(1001, 99_999).map((i) => 0.001 * i);
      const mechanism = { noiseMultiplier: row.sigma, sampleRate: 1 };
      const { epsilon } = rdpEpsilon(sampledGaussianCurve(mechanism, 1, orders), row.delta);
      expect(Math.abs(epsilon - row.epsilon)).toBeLessThan(row.tolerance_abs);
    }
    for (const row of published("rdp_conversion_pure")) {
      const orders = range(2, 32);
      const curve = { orders, values: orders.map(() => row.rdp_constant) };
      const { epsilon, order } = rdpEpsilon(curve, row.delta);
      expect(Math.abs(epsilon - row.epsilon)).toBeLessThan(row.tolerance_abs);
      expect(order).toBe(row.optimal_order);
    }
  });

  it("goes there and back", () => {
    const curve = sampledGaussianCurve({ noiseMultiplier: 1.1, sampleRate: 0.01 }, 500);
    const { epsilon } = rdpEpsilon(curve, 1e-6);
    expect(rdpDelta(curve, epsilon) / 1e-6).toBeCloseTo(1, 9);
  });
});

describe("smallestNoiseMultiplier", () => {
  it.each(published("noise_multiplier_rdp"))("$steps steps: as in $source", (row) => {
    const epsilonOf = (sigma: number): number =>
      rdpEpsilon(curveOf({ ...row, sigma }), row.delta).epsilon;
    // the source bisects from 10 and stops within 0.01 of the target: its grid is known
    let [low, high] = [0, 10];
    while (row.target_epsilon - epsilonOf(high) > 0.01) {
      const middle = (low + high) / 2;
      if (epsilonOf(middle) < row.target_epsilon) high = middle;
      else low = middle;
    }
    expect(Math.abs(high - row.sigma)).toBeLessThan(row.tolerance_abs);
    const ours = smallestNoiseMultiplier(epsilonOf, { epsilon: row.target_epsilon });
    expect(ours).toBeLessThanOrEqual(high);
    expect(epsilonOf(ours)).toBeLessThanOrEqual(row.target_epsilon);
    expect(epsilonOf(ours)).toBeGreaterThan(row.target_epsilon - 1e-4);
  });

  it("needs few evaluations, upwards and downwards", () => {
    for (const target of [1e-3, 0.3, 40]) {
      let evaluations = 0;
      const sigma = smallestNoiseMultiplier((s) => (evaluations++, 2 / (s * s) + 1 / s), {
        epsilon: target,
      });
      expect(2 / (sigma * sigma) + 1 / sigma).toBeLessThanOrEqual(target);
      expect(2 / (sigma * sigma) + 1 / sigma).toBeGreaterThan(target * (1 - 1e-5));
      expect(evaluations).toBeLessThan(30);
    }
  });

  it("says so when no multiplier is enough", () => {
    expect(() => smallestNoiseMultiplier(() => 2, { epsilon: 1 })).toThrow("no noise multiplier");
    expect(smallestNoiseMultiplier(() => 0.5, { epsilon: 1 })).toBeLessThan(2e-6);
  });
});

describe("composeRdp", () => {
  it("adds curves, and refuses to add what does not fit", () => {
    const one = sampledGaussianCurve({ noiseMultiplier: 2, sampleRate: 0.1 }, 3);
    const two = sampledGaussianCurve({ noiseMultiplier: 2, sampleRate: 0.1 }, 6);
    const sum = composeRdp([one, one]);
    for (const [i, value] of sum.values.entries())
      expect(value).toBeCloseTo(two.values[i] ?? 0, 12);
    const other = { orders: [2], values: [1] };
    expect(() => composeRdp([one, other])).toThrow("different orders");
  });
});

describe("randomised response", () => {
  it("keeps a binary label as published", () => {
    for (const { epsilon, p_keep, flip } of reference.binary_randomised_response) {
      expect(keepProbability({ epsilon })).toBeCloseTo(p_keep, 14);
      expect(1 - keepProbability({ epsilon })).toBeCloseTo(flip, 14);
    }
  });

  it.each(published("randomized_response_rdp_replace_one"))("diverges as in $source", (row) => {
    const [values, uniform] = [row.num_buckets, row.noise_parameter];
    const epsilon = Math.log(1 + (values * (1 - uniform)) / uniform);
    expect(epsilon).toBeCloseTo(row.pure_eps, 12);
    for (const [i, order] of (row.orders as number[]).entries()) {
      const value = randomisedResponseRdp(order, { epsilon, values });
      expect(Math.abs(value / (row.rdp[i] ?? NaN) - 1)).toBeLessThan(row.tolerance_rel);
    }
    expect(randomisedResponseRdp(1e6, { epsilon, values })).toBeLessThanOrEqual(epsilon);
  });
});
