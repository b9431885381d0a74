import { createHash } from "node:crypto";
import { alignKeyed, intersectTags } from "@moongate/alignment";
import { makePlan } from "@moongate/messages";
import { intercept, memoryPair } from "@moongate/transport";
import { MemoryView } from "@moongate/views";
import { describe, expect, it } from "vitest";
import { matchedSet } from "./matched-set.ts";

const ids = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, index) => `user-${from + index}`);
const header = {
  process: "coordinator",
  plan: makePlan("lab", ["bought"]),
  rows: { train: 10, validation: 0, test: 0 },
  width: { media: 1, commerce: 1 },
} as const;
const candidates = {
  ids: ids(0, 300),
  inside: ids(0, 300).map((_, at) => at >= 100 && at < 200),
};

const add = (view: MemoryView, side: string, tags: Uint8Array): void => {
  const shape = { source: "received", step: null, cols: 16, element: "u8" } as const;
  view.add({ name: `psi-tags/${side}`, ...shape, rows: tags.length / 16 }, tags);
};

/** A real alignment: media has users 0 to 199, commerce 100 to 299. */
async function aligned(pairKey: Uint8Array): Promise<MemoryView> {
  const view = new MemoryView(header);
  const [media, atMedia] = memoryPair({ names: ["media", "coordinator"], seed: "m" });
  const [commerce, atCommerce] = memoryPair({ names: ["commerce", "coordinator"], seed: "c" });
  const orderKey = Buffer.from("order");
  const watched = (side: string, link: typeof atMedia): typeof atMedia => {
    let announced = false;
    return intercept(link, {
      onReceive: ({ kind, payload }) => {
        if (kind === "psitag" && announced) add(view, side, payload);
        announced = true;
        return undefined;
      },
    });
  };
  await Promise.all([
    alignKeyed({ link: media, pairKey, orderKey, ids: ids(0, 200) }),
    alignKeyed({ link: commerce, pairKey, orderKey, ids: ids(100, 300) }),
    intersectTags({
      media: watched("media", atMedia),
      commerce: watched("commerce", atCommerce),
    }),
  ]);
  return view;
}

describe("the matched set", () => {
  const pairKey = createHash("sha256").update("pair").digest();

  it("is hidden from a coordinator by the pair key, and by it alone", async () => {
    const view = await aligned(pairKey);
    const blind = matchedSet(view, candidates);
    expect(blind.applicable).toBe(true);
    expect(blind.leak?.mean).toBe(0.5);
    expect(blind.details?.advantage).toBe(0);
  });

  it("falls where a party gives its pair key: who is in the other's table", async () => {
    const view = await aligned(pairKey);
    const sides = [
      ["media", (at: number) => at >= 100 && at < 300],
      ["commerce", (at: number) => at < 200],
    ] as const;
    for (const [party, theirs] of sides) {
      const all = ids(0, 400);
      const others = { ids: all, inside: all.map((_, at) => theirs(at)) };
      const result = matchedSet(view, others, { party, pairKey });
      expect(result.about.adversary).toBe(`coordinator+${party}`);
      expect(result.leak?.mean).toBe(1);
      expect(result.details).toMatchObject({ advantage: 1, found: 1, claimed: 0 });
      // Another session's key finds nothing.
      const wrong = matchedSet(view, others, { party, pairKey: new Uint8Array(32) });
      expect(wrong.leak?.mean).toBe(0.5);
    }
  });

  it("is found where tags are bare hashes (control), or made of public keys", async () => {
    const view = new MemoryView(header);
    const tags = (of: string[]): Uint8Array =>
      Buffer.concat(of.map((id) => createHash("sha256").update(id).digest().subarray(0, 16)));
    add(view, "media", tags(ids(0, 200)));
    add(view, "commerce", tags(ids(100, 300)));
    expect(matchedSet(view, candidates).details?.advantage).toBe(1);
    const careless = await aligned(Buffer.from(header.plan.session));
    expect(matchedSet(careless, candidates).details?.advantage).toBe(1);
  });

  it("needs tags", () => {
    expect(matchedSet(new MemoryView(header), candidates).applicable).toBe(false);
  });
});
