import { describe, expect, it } from "vitest";
import { memoryPair } from "./memory.ts";

describe("memoryPair", () => {
  it("names each link after the other end and moves bytes", async () => {
    const [media, commerce] = memoryPair({ names: ["media", "commerce"] });
    expect(media.peer).toBe("commerce");
    expect(commerce.peer).toBe("media");
    await media.send("data", new Uint8Array([1]), new Uint8Array([2, 3]));
    expect([...(await commerce.receive("data"))]).toEqual([1, 2, 3]);
  });
});
