import { at } from "@moongate/errors";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Inputs, Machine } from "../machine.ts";
import { byteDeviation, signedWords } from "../testing/statistics.ts";
import { input, keep } from "../lessons/shared-input.ts";
import { opened } from "../testing/shares.ts";
import { uniforms } from "../testing/table.ts";
import { runWorld } from "../testing/world.ts";
import { privateFactors } from "./private-factors.ts";

const BITS = 7;

/** w ∘ v / 2^BITS for factors of commerce's, in one step. */
const multiply =
  (rows: number, cols: number, values: Float64Array) => (m: Machine, own: Inputs) => {
    const w = m.privateMatrix("commerce", rows, cols, own);
    return m.step(async () => {
      const v = await input(m, rows, cols, 24, values);
      const [product] = await m.round(privateFactors(w, v, BITS));
      return keep(m, product);
    });
  };

describe("private factors", () => {
  it("multiply a shared value, place by place", () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(255), fc.double({ min: -100, max: 100, noNaN: true })), {
          minLength: 1,
          maxLength: 12,
        }),
        async (pairs) => {
          const labels = Uint8Array.from(pairs, ([factor]) => factor);
          const values = Float64Array.from(pairs, ([, value]) => value);
          const run = await runWorld(multiply(pairs.length, 1, values), { features: {}, labels });
          const { masked, twin } = opened(run);
          expect(run.media.scale).toBe(24 + BITS);
          masked.forEach((value, index) => {
            expect(Math.abs(value - at(twin, index))).toBeLessThan(255 * 2 ** -(BITS + 24));
          });
        },
      ),
      { numRuns: 20 },
    ));

  it("cost a round and what they declare", async () => {
    const labels = new Uint8Array(6);
    const run = await runWorld(multiply(3, 2, new Float64Array(6)), { features: {}, labels });
    // The value is shared by what the dealer deals in a round of its own, without an opening.
    expect(run.pair.media.rounds).toBe(1);
    expect(run.pair.media.sent.opening?.bytes).toBe(48);
    expect(run.pair.commerce.sent.opening?.bytes).toBe(48);
    expect(run.dealt.received.deal?.bytes).toBe(2 * 48);
  });

  it("tell media nothing of the factors, which it reads without masks (control)", async () => {
    const next = uniforms("factors");
    const labels = Uint8Array.from({ length: 4096 }, () => 128 * next());
    const see = async (zeroMasks: boolean): Promise<Uint8Array[]> => {
      const program = multiply(64, 64, new Float64Array(4096).fill(1));
      const run = await runWorld(program, { features: {}, labels }, { seed: "seen", zeroMasks });
      return run.openings.media;
    };
    expect(Math.abs(byteDeviation(await see(false)))).toBeLessThan(6);
    const [bare = new Uint8Array()] = await see(true);
    expect(signedWords(bare).map(Number)).toEqual([...labels]);
  });
});
