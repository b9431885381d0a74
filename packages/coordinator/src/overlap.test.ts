import { describe, expect, it } from "vitest";
import { announcedOverlap } from "./overlap.ts";

const still = (): bigint => 0n;

describe("the announced share of slots that count", () => {
  it("is exact for a bare union, whose number of slots tells it anyway", () => {
    expect(announcedOverlap(300, 1000, false)).toBe(0.3);
    expect(announcedOverlap(0, 0, false)).toBe(1);
  });

  it("is a power of the root of two, near the share, where slots are padded", () => {
    for (const common of [20, 33, 100, 499, 500, 999, 1000]) {
      const share = announcedOverlap(common, 1000, true, still);
      const halvings = -2 * Math.log2(share);
      expect(Math.abs(halvings - Math.round(halvings))).toBeLessThan(1e-9);
      expect(Math.abs(Math.log2(share / (common / 1000)))).toBeLessThanOrEqual(0.25 + 1e-9);
    }
  });

  it("stays a share, from 1/64 to 1, whatever the noise and the tables", () => {
    for (const noise of [-1_000_000n, -3n, 1_000_000n]) {
      for (const [common, slots] of [
        [0, 0],
        [0, 500],
        [500, 500],
      ] as const) {
        const share = announcedOverlap(common, slots, true, () => noise);
        expect(share).toBeGreaterThanOrEqual(1 / 64);
        expect(share).toBeLessThanOrEqual(1);
      }
    }
  });

  it("takes noise of scale ten, so that one user hardly changes what is said", () => {
    const scales: bigint[] = [];
    announcedOverlap(100, 1000, true, (scale) => {
      scales.push(scale);
      return 0n;
    });
    expect(scales).toEqual([10n]);
    // 210 and 211 of 1,000 lie on two sides of a boundary.
    const [rounds, said] = [4000, new Map<string, number>()];
    for (let round = 0; round < rounds; round++) {
      for (const common of [210, 211]) {
        const key = `${common} ${announcedOverlap(common, 1000, true)}`;
        said.set(key, (said.get(key) ?? 0) + 1 / rounds);
      }
    }
    const shares = [...new Set([...said.keys()].map((key) => key.split(" ")[1]))];
    for (const share of shares) {
      const [one = 0, other = 0] = [said.get(`210 ${share}`), said.get(`211 ${share}`)];
      // e^0.1 is 1.105; the rest is the error of 4,000 rounds.
      if (one > 0.2 && other > 0.2) expect(Math.max(one / other, other / one)).toBeLessThan(1.35);
    }
    // Without noise the two could be told apart for sure at a boundary.
    expect(announcedOverlap(210, 1000, true, still)).not.toBe(
      announcedOverlap(211, 1000, true, still),
    );
  });
});
