import { createHash } from "node:crypto";
import { memoryPair } from "@moongate/transport";
import { describe, expect, it } from "vitest";
import { SECRET_BYTES, SyntheticMasks } from "../synthetic-masks.ts";
import { agreeOnMasks, receiveMaskKey } from "./repeatable.ts";

const masksOf = (name: string): SyntheticMasks =>
  new SyntheticMasks(createHash("sha256").update(name).digest());

function world() {
  const [mediaPair, commercePair] = memoryPair({ names: ["media", "commerce"], seed: "pair" });
  const [mediaDealer, dealerMedia] = memoryPair({ names: ["media", "coordinator"], seed: "m" });
  const [commerceDealer, dealerCommerce] = memoryPair({
    names: ["commerce", "coordinator"],
    seed: "c",
  });
  const agree = (parts: Record<"media" | "commerce", Uint8Array[]>): Promise<Uint8Array[]> =>
    Promise.all(
      (["media", "commerce"] as const).map((side) =>
        agreeOnMasks({
          side,
          synthetic: masksOf(side),
          context: "test",
          parts: parts[side],
          pair: side === "media" ? mediaPair : commercePair,
          dealer: side === "media" ? mediaDealer : commerceDealer,
          waiting: {},
        }),
      ),
    );
  return { agree, mediaPair, commercePair, mediaDealer, dealerMedia, dealerCommerce };
}

describe("agreeing on masks", () => {
  it("gives the dealer both keys, in one round", async () => {
    const { agree, dealerMedia, dealerCommerce, mediaPair } = world();
    const keys = await agree({ media: [Uint8Array.of(1)], commerce: [Uint8Array.of(2)] });
    const dealt = [dealerMedia, dealerCommerce].map((party) => receiveMaskKey(party, {}));
    expect((await Promise.all(dealt)).map((key) => [...key])).toEqual(keys.map((key) => [...key]));
    expect(keys[0]).not.toEqual(keys[1]);
    expect(mediaPair.meter.read().rounds).toBe(1);
  });

  it("gives both other keys when either puts in something else, and the same for the same", async () => {
    const { agree } = world();
    const [one, two] = [[Uint8Array.of(1)], [Uint8Array.of(2)]];
    const runs = [
      await agree({ media: one, commerce: one }),
      await agree({ media: two, commerce: one }),
      await agree({ media: one, commerce: two }),
    ];
    const all = runs.flat().map((key) => Buffer.from(key).toString("hex"));
    expect(new Set(all).size).toBe(6);
    expect(await agree({ media: one, commerce: one })).toEqual(runs[0]);
  });

  it.each([0, SECRET_BYTES - 1, SECRET_BYTES + 1])("refuses frames of %i bytes", async (length) => {
    const { mediaPair, commercePair, mediaDealer, dealerMedia } = world();
    await mediaDealer.send("maskkey", new Uint8Array(length));
    await expect(receiveMaskKey(dealerMedia, {})).rejects.toMatchObject({
      code: "FRAME_INVALID",
      details: { kind: "maskkey", field: "length" },
    });
    await commercePair.send("commit", new Uint8Array(length));
    const agreed = agreeOnMasks({
      side: "media",
      synthetic: masksOf("media"),
      context: "test",
      parts: [],
      pair: mediaPair,
      dealer: mediaDealer,
      waiting: {},
    });
    await expect(agreed).rejects.toMatchObject({ details: { kind: "commit", field: "length" } });
  });
});
