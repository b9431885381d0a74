import { describe, expect, it } from "vitest";
import { peakMemory } from "./peak-memory.ts";

describe("peak memory", () => {
  it("has seen what this process has just held, and stays when it is given back", () => {
    const before = peakMemory();
    const held = process.memoryUsage.rss();
    const bytes = Buffer.alloc(32 * 2 ** 20, 1).length;
    const after = peakMemory();
    expect(before).toBeGreaterThan(10 * 2 ** 20);
    expect(after).toBeGreaterThanOrEqual(before);
    expect(after).toBeGreaterThan(held + bytes / 2);
  });
});
