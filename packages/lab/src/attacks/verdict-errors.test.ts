import { describe, expect, it } from "vitest";
import { holm } from "@moongate/statistics";
import type { Measured } from "@moongate/statistics";
import { LeakMeter } from "./leak.ts";
import { normals, uniforms } from "@moongate/statistics";
import { type Found, foundIn, judge, pOfNoLeak, type Verdict } from "./verdict.ts";

const SEEDS = 5;
/** Distance of two unit normals between whose classes the AUC is .6: √2 Φ⁻¹(.6). */
const TO_SIXTY = 0.358_287;

interface World {
  readonly rows: number;
  /** Share of positives. */
  readonly rate: number;
  /** How far positives score above the others, in each seed. */
  readonly shift?: (seed: number) => number;
}

/** What an attack finds on five tables of rows in batches of a hundred, each in two epochs. */
function attack({ rows, rate, shift = () => 0 }: World, next: () => number): Found {
  const runs = Array.from({ length: SEEDS }, (_, seed): { leak: Measured } => {
    const meter = new LeakMeter();
    const above = shift(seed);
    for (let row = 0; row < rows; row += 100) {
      const labels = Uint8Array.from({ length: 100 }, (_, at) => Number(at < rate * 100));
      const positions = Array.from({ length: 100 }, (_, at) => row + at);
      for (const scores of [normals(next, 100), normals(next, 100)]) {
        meter.add(
          positions,
          scores.map((score, at) => score + above * (labels[at] ?? 0)),
          labels,
        );
      }
    }
    const leak = meter.leak();
    if (leak === undefined) throw new Error("both classes are there");
    return { leak };
  });
  return foundIn(runs);
}

const sure: Measured = { mean: 0.99, error: 0.001, freedom: 100 };
const control = foundIn(Array.from({ length: SEEDS }, () => ({ leak: sure })));

function judged(table: readonly Found[]): Verdict[] {
  const adjusted = holm(table.map(pOfNoLeak));
  return table.map((found, at) => judge(found, { adjusted: adjusted[at] ?? 1, control }));
}

function shareOf(said: Verdict, all: readonly (Verdict | undefined)[]): number {
  return all.filter((verdict) => verdict === said).length / all.length;
}

describe("how often verdicts err", () => {
  it("calls a leak in about one of twenty tables without one, or in fewer", () => {
    const next = uniforms("tables without a leak");
    const tables = Array.from({ length: 200 }, () =>
      judged(Array.from({ length: 10 }, () => attack({ rows: 100, rate: 0.1 }, next))),
    );
    const wrong = tables.filter((table) => table.includes("leaks")).length / tables.length;
    // A proportion of .05 in 200 has a deviation of .015.
    expect(wrong).toBeLessThan(0.05 + 2.5 * 0.0154);
    expect(wrong).toBeGreaterThan(0);
  });

  it.each([
    ["alike in every seed", () => TO_SIXTY],
    ["of .5 to .7, by the seed", (seed: number) => (TO_SIXTY * seed) / 2],
  ])("says at chance of a leak of .6, %s, at most once in forty times", (_, shift) => {
    const next = uniforms("leaks of .6");
    const said = Array.from(
      { length: 400 },
      () => judged([attack({ rows: 200, rate: 0.2, shift }, next)])[0],
    );
    // A proportion of .025 in 400 has a deviation of .0078.
    expect(shareOf("at chance", said)).toBeLessThan(0.025 + 2.5 * 0.0078);
  });

  it("says that a supervised model is beaten in about one of forty cases where it is not", () => {
    const next = uniforms("as a supervised model");
    const said = Array.from({ length: 1000 }, () => {
      // Known rows and starts move both by the seed, beyond what the rows that are scored allow.
      const runs = Array.from({ length: SEEDS }, () => {
        const [ours = 0, theirs = 0] = normals(next, 2).map((normal) => 0.7 + 0.04 * normal);
        return {
          leak: { mean: ours, error: 0.02, freedom: 50 },
          supervised: { mean: theirs, error: 0.02, freedom: 50 },
        };
      });
      return judged([foundIn(runs)])[0];
    });
    // A proportion of .025 in 1000 has a deviation of .0049.
    expect(shareOf("leaks", said)).toBeLessThan(0.025 + 2.5 * 0.0049);
    expect(shareOf("leaks", said)).toBeGreaterThan(0.005);
    expect(shareOf("attack too weak", said)).toBe(0);
  });

  it("finds a leak of .6 among others that are none", () => {
    const next = uniforms("one leak of .6");
    const said = Array.from({ length: 60 }, () => {
      const none = Array.from({ length: 9 }, () => attack({ rows: 300, rate: 0.2 }, next));
      return judged([attack({ rows: 300, rate: 0.2, shift: () => TO_SIXTY }, next), ...none])[0];
    });
    expect(shareOf("leaks", said)).toBeGreaterThan(0.9);
  });

  it("says at chance where there are rows enough, and where there are few that it does not know", () => {
    const next = uniforms("nothing to find");
    const some = (world: World): (Verdict | undefined)[] =>
      Array.from({ length: 100 }, () => judged([attack(world, next)])[0]);
    expect(shareOf("at chance", some({ rows: 300, rate: 0.2 }))).toBeGreaterThan(0.85);
    expect(shareOf("undecided", some({ rows: 100, rate: 0.02 }))).toBeGreaterThan(0.85);
  });
});
