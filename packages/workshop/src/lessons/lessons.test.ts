import { readFileSync } from "node:fs";
import { product } from "@moongate/mpc";
import { elementwiseProduct, input, keep, maskColumns } from "@moongate/mpc/lessons";
import { sha256, toHex } from "@moongate/crypto";
import { describe, expect, it } from "vitest";
import { bothShares, framesOf, lessonSecrets, type Program, runLesson, wordsOf } from "./lesson.ts";
import { beaverLesson, privateTimesShared } from "./products.ts";

interface Vector {
  readonly operation: string;
  readonly seed: string;
  readonly frames: Readonly<Record<"toMedia" | "toCommerce" | "dealt", readonly string[]>>;
  readonly shares: Readonly<Record<"media" | "commerce", readonly string[]>>;
}

const published = JSON.parse(
  readFileSync(
    new URL("../../../mpc/src/testing/vectors/operations.json", import.meta.url),
    "utf8",
  ),
) as Vector[];
const a = Float64Array.of(1.5, -2, 0.25, 3);
const b = Float64Array.of(-1, 0.5, 4, 2);
const features = {
  media: Float64Array.of(1, -0.5, 0.25),
  commerce: Float64Array.of(2, 0, -1, 1, 0.5, -2),
};

const programs: Readonly<Record<string, Program>> = {
  "elementwise-product": async (m) => {
    const [x, y] = await m.step(async () => [
      await input(m, 2, 2, 20, a),
      await input(m, 2, 2, 20, b),
    ]);
    return m.step(async () => keep(m, (await m.round(elementwiseProduct(x, y)))[0]));
  },
  product: async (m, own) => {
    const { x, w } = await m.step(async () => {
      const table = m.columns(3, { media: 1, commerce: 2 }, 12, own);
      await m.round(maskColumns(table, 0, 3));
      return { x: table, w: await input(m, 3, 1, 20, a.slice(0, 3)) };
    });
    return m.step(async () => keep(m, (await m.round(product(x, Uint32Array.of(2, 0), w)))[0]));
  },
};

describe("a lesson in the tab", () => {
  it.each(Object.keys(programs))("is the published vector of %s, frame by frame", async (name) => {
    const vector = published.find(({ operation }) => operation === name);
    const program = programs[name];
    if (vector === undefined || program === undefined) throw new Error("no such vector");
    const seed = (side: string): Uint8Array => sha256(`test world ${vector.seed} ${side}`);
    const secrets = {
      session: vector.seed,
      seeds: { media: seed("media"), commerce: seed("commerce") },
    };
    const lesson = await runLesson(program, secrets, { features });
    expect(framesOf(lesson, "commerce", "media").map(toHex)).toEqual(vector.frames.toMedia);
    expect(framesOf(lesson, "media", "commerce").map(toHex)).toEqual(vector.frames.toCommerce);
    expect(framesOf(lesson, "coordinator", "commerce").map(toHex)).toEqual(vector.frames.dealt);
    expect([...wordsOf(lesson.shares.media)].map(String)).toEqual(vector.shares.media);
    expect([...wordsOf(lesson.shares.commerce)].map(String)).toEqual(vector.shares.commerce);
  });

  it("multiplies shares, and a private number with a shared one", async () => {
    for (const lesson of [
      await beaverLesson(7, 9, lessonSecrets("test")),
      await privateTimesShared(7, 9, lessonSecrets("test")),
    ]) {
      const [media = 0n, commerce = 0n] = bothShares(lesson).map((bytes) => wordsOf(bytes)[0]);
      expect(BigInt.asUintN(64, media + commerce)).toBe(63n);
    }
  });
});
