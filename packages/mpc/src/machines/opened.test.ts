import { describe, expect, it } from "vitest";
import type { Machine } from "../machine.ts";
import { maskColumns } from "../operations/mask-columns.ts";
import { product } from "../operations/product.ts";
import { reveal } from "../operations/reveal.ts";
import { truncate } from "../operations/truncate.ts";
import type { Side } from "../side.ts";
import { input } from "../lessons/shared-input.ts";
import { runWorld } from "../testing/world.ts";
import type { OpenedTensor } from "./contexts.ts";

const features = {
  media: Float64Array.of(1, -0.5, 0.25),
  commerce: Float64Array.of(2, 0, -1, 1, 0.5, -2),
};

async function told(zeroMasks = false): Promise<Record<Side, OpenedTensor[]>> {
  const heard: Record<Side, OpenedTensor[]> = { media: [], commerce: [] };
  const program = async (m: Machine, own: Parameters<Machine["columns"]>[3]): Promise<void> => {
    const x = m.columns(3, { media: 1, commerce: 2 }, 12, own);
    await m.step(() => m.round(maskColumns(x, 0, 3)));
    await m.step(async () => {
      const w = await input(m, 3, 1, 20, Float64Array.of(1, 2, 3));
      const [logits] = await m.round(product(x, Uint32Array.of(2, 0), w));
      const [coarse, other] = await m.round(truncate(logits, 8), truncate(w, 10));
      await m.round(reveal(coarse, "commerce", { what: "x", why: "y" }));
      return other;
    });
  };
  await runWorld(
    program,
    { features },
    {
      zeroMasks,
      onOpened: (side, opened) => heard[side].push(opened),
    },
  );
  return heard;
}

const labels = (heard: readonly OpenedTensor[]): string[] =>
  heard.map(({ number, operation, tensor, source, rows, cols, element }) =>
    [`${number}:${operation}/${tensor}`, source, `${rows}x${cols}`, element].join(" "),
  );

describe("what a party tells of its openings", () => {
  it("names every tensor, with the operation's place among its step's", async () => {
    const { media, commerce } = await told();
    // Number 0 of the second step is the test's own way to make shares.
    const both = ["2:truncate/value opened 2x1 u64", "3:truncate/value opened 3x1 u64"];
    expect(labels(media)).toEqual([
      "0:mask-columns/columns received 3x2 u64",
      "1:product/operand opened 1x1 u64",
      ...both,
    ]);
    expect(labels(commerce)).toEqual([
      "0:mask-columns/columns received 3x1 u64",
      "1:product/operand opened 2x1 u64",
      ...both,
      "4:reveal/share received 2x1 u64",
    ]);
  });

  it("has the sum of both openings, which both sides have alike", async () => {
    const { media, commerce } = await told();
    const opened = (heard: readonly OpenedTensor[]): Uint8Array[] =>
      heard.filter(({ operation }) => operation === "truncate").map(({ bytes }) => bytes);
    expect(opened(media)).toEqual(opened(commerce));
  });

  it("is the very values where masks are zero (control), and not where they are not", async () => {
    const columns = ({ media }: Record<Side, OpenedTensor[]>): number[] => {
      const { bytes } = media[0] as OpenedTensor;
      return Array.from(new BigInt64Array(bytes.buffer), (word) => Number(word) / 2 ** 12);
    };
    expect(columns(await told(true))).toEqual([...features.commerce]);
    expect(columns(await told())).not.toEqual([...features.commerce]);
  });
});
