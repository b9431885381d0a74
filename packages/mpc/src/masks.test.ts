import { createCipheriv, createHash, hkdfSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { MaskStreams } from "./masks.ts";

const seed = createHash("sha256").update("mask test").digest();
const streams = (session = "s", incarnation = 0): MaskStreams =>
  new MaskStreams(seed, { session, incarnation });

function drawn(
  source: MaskStreams,
  step: number,
  operation: number,
  tensor: string,
  length = 32,
): string {
  source.openStep(step);
  const target = new Uint8Array(length);
  source.stream(operation, tensor).fill(target);
  return Buffer.from(target).toString("hex");
}

describe("mask streams", () => {
  it("is HKDF-SHA256 per step, then AES-256-CTR per tensor", () => {
    const key = hkdfSync("sha256", seed, "", '["moongate/1","mask","s",0]7', 32);
    const counter = Buffer.alloc(16);
    counter.writeUInt32BE(3, 0);
    createHash("sha256").update("product/T").digest().copy(counter, 4, 0, 4);
    const cipher = createCipheriv("aes-256-ctr", new Uint8Array(key), counter);
    expect(drawn(streams(), 7, 3, "product/T")).toBe(
      cipher.update(new Uint8Array(32)).toString("hex"),
    );
  });

  it("gives both holders of a seed the same mask, whatever its length", () => {
    const long = drawn(streams(), 0, 0, "x", 1_000_003);
    expect(drawn(streams(), 0, 0, "x", 1_000_003)).toBe(long);
    expect(long.startsWith(drawn(streams(), 0, 0, "x", 64))).toBe(true);
  });

  it("goes on where the last fill ended", () => {
    const whole = drawn(streams(), 0, 0, "x", 100);
    const source = streams();
    source.openStep(0);
    const stream = source.stream(0, "x");
    const parts = [5, 64, 31].map((length) => {
      const part = new Uint8Array(length);
      stream.fill(part);
      return Buffer.from(part).toString("hex");
    });
    expect(parts.join("")).toBe(whole);
  });

  it("separates sessions, incarnations, steps, operations and tensors", () => {
    const all = [
      drawn(streams(), 0, 0, "x"),
      drawn(streams("t"), 0, 0, "x"),
      drawn(streams("s", 1), 0, 0, "x"),
      drawn(streams(), 1, 0, "x"),
      drawn(streams(), 0, 1, "x"),
      drawn(streams(), 0, 0, "y"),
    ];
    expect(new Set(all).size).toBe(all.length);
  });

  it("refuses a label twice", () => {
    const source = streams();
    drawn(source, 0, 0, "x");
    expect(() => {
      source.stream(0, "x");
    }).toThrow(expect.objectContaining({ code: "MASK_REUSED" }));
  });

  it.each([4, 5])("refuses step %i after step 5", (step) => {
    const source = streams();
    drawn(source, 5, 0, "x");
    expect(() => {
      source.openStep(step);
    }).toThrow(expect.objectContaining({ code: "MASK_REUSED" }));
  });

  it("refuses a mask outside a step", () => {
    expect(() => {
      streams().stream(0, "x");
    }).toThrow(expect.objectContaining({ code: "INTERNAL" }));
  });

  it("gives the same data mask to the same rows, however they are cut", () => {
    const width = 3;
    const whole = new Uint8Array(10 * width * 8);
    streams().tableMask(0, width).fill(0, whole);
    for (const [from, to] of [
      [0, 1],
      [1, 2],
      [3, 7],
      [9, 10],
    ] as const) {
      const part = new Uint8Array((to - from) * width * 8);
      streams().tableMask(0, width).fill(from, part);
      expect(Buffer.from(part).equals(whole.subarray(from * width * 8, to * width * 8))).toBe(true);
    }
    const stepMask = drawn(streams(), 0, 0, "x");
    expect(Buffer.from(whole).toString("hex").startsWith(stepMask)).toBe(false);
  });

  it("refuses the data mask of a table whose number was used, whatever its width is", () => {
    const source = streams();
    source.tableMask(0, 3);
    for (const width of [3, 4]) {
      expect(() => source.tableMask(0, width)).toThrow(
        expect.objectContaining({ code: "MASK_REUSED" }),
      );
    }
  });

  it("gives every table of a session another data mask", () => {
    const source = streams();
    const words = [0, 1].map((table) => {
      const bytes = new Uint8Array(64);
      source.tableMask(table, 4).fill(0, bytes);
      return Buffer.from(bytes).toString("hex");
    });
    expect(words[0]).not.toBe(words[1]);
  });
});
