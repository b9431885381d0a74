/**
 * What rows that only the dealer knows to count leave at the parties: a membership distinguisher on
 * everything that reaches each of them, and the insecure control (all masks zero) beside it.
 */
import { describe, expect, it } from "vitest";
import type { Inputs, Machine } from "../machine.ts";
import { shareOf } from "../machines/share-arithmetic.ts";
import { flaggedTargets } from "../models/targets.ts";
import { byteDeviation, leakAuc, signedWords } from "../testing/statistics.ts";
import { input, keep } from "../lessons/shared-input.ts";
import { opened } from "../testing/shares.ts";
import { uniforms } from "../testing/table.ts";
import { runWorld, type WorldRun } from "../testing/world.ts";
import type { Shared } from "../values.ts";
import { flaggedLabels } from "./flagged-labels.ts";
import { reveal } from "./reveal.ts";
import { truncate } from "./truncate.ts";

const ROWS = 400;
const next = uniforms("flagged");
const coins = (length: number): Uint8Array =>
  Uint8Array.from({ length }, () => (next() < 0.5 ? 1 : 0));
const labels = coins(ROWS);
const flags = coins(ROWS);
const logits = Float64Array.from({ length: ROWS }, () => 8 * next() - 4);
const all = Uint32Array.from({ length: ROWS }, (_, row) => row);
const BITS = { public: 12, dealt: 12 };

/** m (sigmoid(o) − y) of every row, as a session has it: labels shared first, then one step's errors. */
async function errors(m: Machine, own: Inputs): Promise<Shared> {
  const known = m.dealerFlags(ROWS, flags);
  const y = m.privateMatrix("commerce", ROWS, 1, own);
  const shared = await m.step(async () => {
    const [part] = await m.round(flaggedLabels(y, known, 0, ROWS));
    return keep(m, part);
  });
  const targets = flaggedTargets(shared, known);
  const o = await m.step(() => input(m, ROWS, 1, 20, logits));
  return m.step(async () => {
    const [[estimate]] = await m.round(targets.estimate(o, all, 1, BITS));
    return keep(m, targets.error(m, estimate, all, 1));
  });
}

const run = (zeroMasks = false): Promise<WorldRun<Shared>> =>
  runWorld(errors, { features: {}, labels }, { zeroMasks });

describe("errors of rows that the dealer flags", () => {
  it("are sigmoid(o) − y where the flag is set, and exactly zero elsewhere", async () => {
    const { masked, twin } = opened(await run());
    flags.forEach((flag, row) => {
      const value = masked[row] ?? Number.NaN;
      if (flag === 0) expect(value).toBe(0);
      const sigmoid = 1 / (1 + Math.exp(-(logits[row] ?? 0)));
      expect(Math.abs(value - flag * (sigmoid - (labels[row] ?? 0)))).toBeLessThan(0.01);
      expect(Math.abs(value - (twin[row] ?? Number.NaN))).toBeLessThan(1e-3);
    });
  });
});

/** How well a row's words, each as a magnitude, tell its flag: the largest advantage over 1/2. */
function advantage(words: readonly bigint[]): number {
  const tables = Math.floor(words.length / ROWS);
  const aucs = Array.from({ length: tables }, (_, at) => {
    const scores = words
      .slice(at * ROWS, (at + 1) * ROWS)
      .map((word) => (word < 0n ? -word : word));
    return Math.abs(leakAuc(scores, [...flags]) - 0.5);
  });
  return Math.max(...aucs);
}

/** Everything a party holds that the flags went into: what it was dealt, and its share of the result. */
const commerceSees = ({ dealtFrames, commerce }: WorldRun<Shared>): bigint[] => [
  ...dealtFrames.filter(({ length }) => length !== 8 * ROWS).flatMap(signedWords),
  ...Array.from(shareOf(commerce).words(), (word) => BigInt.asIntN(64, word)),
];
const mediaSees = ({ openings, media }: WorldRun<Shared>): bigint[] => [
  ...openings.media.filter(({ length }) => length === 8 * ROWS).flatMap(signedWords),
  ...Array.from(shareOf(media).words(), (word) => BigInt.asIntN(64, word)),
];

describe("a membership distinguisher on the views of flagged rows", () => {
  // Of 400 coin flips an AUC has a deviation of 0.029; the largest of some twenty stays below 0.13.
  it("is at chance for media and for commerce", async () => {
    const seen = await run();
    expect(advantage(commerceSees(seen))).toBeLessThan(0.13);
    expect(advantage(mediaSees(seen))).toBeLessThan(0.13);
    expect(Math.abs(byteDeviation(seen.dealtFrames))).toBeLessThan(6);
    expect(Math.abs(byteDeviation(seen.openings.media))).toBeLessThan(6);
  });

  it("tells every flag from what is dealt without masks (control)", async () => {
    expect(advantage(commerceSees(await run(true)))).toBeGreaterThan(0.45);
  });
});

describe("a truncation that shows flagged rows alone", () => {
  const shown = (zeroMasks: boolean) =>
    runWorld(
      async (m) => {
        const x = await m.step(() => input(m, ROWS, 1, 30, logits));
        return m.step(async () => {
          const known = { flags: m.dealerFlags(ROWS, flags), rows: all };
          const [coarse] = await m.round(truncate(x, 14, known));
          const [values] = await m.round(reveal(coarse, "commerce", { what: "x", why: "y" }));
          return values;
        });
      },
      { features: {} },
      { zeroMasks },
    );

  it.each([false, true])(
    "reveals those, and uniform words in place of the others",
    async (zero) => {
      const { commerce = new Float64Array() } = await shown(zero);
      const others: Uint8Array[] = [];
      flags.forEach((flag, row) => {
        const value = commerce[row] ?? Number.NaN;
        if (flag === 1) expect(Math.abs(value - (logits[row] ?? 0))).toBeLessThan(1e-4);
        else others.push(new Uint8Array(Float64Array.of(value).buffer.slice(0, 2)));
      });
      const far = [...commerce].filter((value, row) => flags[row] === 0 && Math.abs(value) < 1e6);
      expect(far).toEqual([]);
      expect(Math.abs(byteDeviation(others))).toBeLessThan(6);
    },
  );
});
