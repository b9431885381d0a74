import { describe, expect, it } from "vitest";
import { kernelNames } from "./kernel-names.ts";

describe("kernelNames", () => {
  it("finds every kernel under a name of its own", async () => {
    const names = await kernelNames();
    expect([...names.values()]).toEqual(
      expect.arrayContaining(["multiply", "multiplyTransposed", "harmonics", "sineForward"]),
    );
    for (const key of names.keys()) expect(key).toMatch(/^wasm-function\[\d+\]$/);
  });
});
