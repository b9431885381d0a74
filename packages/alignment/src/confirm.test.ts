import { memoryPair } from "@moongate/transport";
import { describe, expect, it } from "vitest";
import { confirmOrder } from "./confirm.ts";

const pairKey = Buffer.from("a key of the pair");

/** How both sides end when they hold these ids in these orders. */
async function outcomes(media: readonly string[], commerce: readonly string[]) {
  const [left, right] = memoryPair({ names: ["media", "commerce"] });
  const side = (link: typeof left, ids: readonly string[]) =>
    confirmOrder({ link, pairKey, ids, rows: Uint32Array.from(ids.keys()), timeoutMs: 5000 });
  return Promise.allSettled([side(left, media), side(right, commerce)]);
}

describe("confirmOrder", () => {
  it("is content with the same ids in the same order", async () => {
    const ended = await outcomes(["a", "b"], ["a", "b"]);
    expect(ended.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled"]);
  });

  it.each([
    ["another order", ["a", "b"], ["b", "a"]],
    ["another id", ["a", "b"], ["a", "c"]],
    ["a row less", ["a", "b"], ["a"]],
    ["ids cut elsewhere", ["ab", "c"], ["a", "bc"]],
  ])("tells both sides of %s", async (_name, media, commerce) => {
    const refused = { status: "rejected", reason: { code: "ALIGNMENT_MISMATCH" } };
    expect(await outcomes(media, commerce)).toMatchObject([refused, refused]);
  });

  it("refuses a confirmation of another length", async () => {
    const [link, peer] = memoryPair({ names: ["media", "commerce"] });
    await peer.send("psisum", Buffer.alloc(5));
    const confirming = confirmOrder({ link, pairKey, ids: [], rows: new Uint32Array() });
    await expect(confirming).rejects.toMatchObject({ code: "FRAME_INVALID" });
  });
});
