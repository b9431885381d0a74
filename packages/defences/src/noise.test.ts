import { createCipheriv, hkdfSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { moments, noiseOf, normals } from "./noise.fixture.ts";
import { NoiseSource } from "./noise.ts";

const uniforms = (source: NoiseSource, label: string, length: number): number[] => {
  const stream = source.stream(label);
  return Array.from({ length }, () => stream.uniform());
};

describe("noise", () => {
  it("is HKDF-SHA256 by label, then AES-256-CTR, 53 bits of every 8 bytes", () => {
    const key = new Uint8Array(32).fill(7);
    const derived = hkdfSync("sha256", key, "", "moongate/1 defence noise x", 32);
    const cipher = createCipheriv("aes-256-ctr", new Uint8Array(derived), Buffer.alloc(16));
    const bytes = cipher.update(Buffer.alloc(8 * 3000));
    const expected = Array.from({ length: 3000 }, (_, index) => {
      const high = BigInt(bytes.readUInt32LE(8 * index) >>> 5);
      const low = BigInt(bytes.readUInt32LE(8 * index + 4) >>> 6);
      return Number((high << 26n) | low) / 2 ** 53;
    });
    expect(uniforms(new NoiseSource(key), "x", 3000)).toEqual(expected);
  });

  it("is repeated by its key, and by nothing else", () => {
    const first = uniforms(noiseOf("a"), "x", 8);
    expect(uniforms(noiseOf("a"), "x", 8)).toEqual(first);
    expect(uniforms(noiseOf("b"), "x", 8)).not.toEqual(first);
    expect(uniforms(noiseOf("a"), "y", 8)).not.toEqual(first);
    expect(uniforms(new NoiseSource(), "x", 8)).not.toEqual(uniforms(new NoiseSource(), "x", 8));
  });

  it("does not follow later changes of the key's memory", () => {
    const key = new Uint8Array(32).fill(1);
    const source = new NoiseSource(key);
    key.fill(0);
    expect(uniforms(source, "x", 4)).toEqual(
      uniforms(new NoiseSource(new Uint8Array(32).fill(1)), "x", 4),
    );
  });

  it("refuses a label twice and a key of another length", () => {
    const source = noiseOf("a");
    source.stream("x");
    expect(() => source.stream("x")).toThrow(expect.objectContaining({ code: "MASK_REUSED" }));
    expect(() => new NoiseSource(new Uint8Array(16))).toThrow(
      expect.objectContaining({ code: "INTERNAL" }),
    );
  });

  it("is normal: moments and tails of 200,000 numbers", () => {
    const values = Float64Array.from(normals("moments", 200_000));
    const { mean, variance } = moments(values);
    const meanOf = (power: number): number => moments(values.map((value) => value ** power)).mean;
    expect(Math.abs(mean)).toBeLessThan(0.01);
    expect(variance).toBeCloseTo(1, 1.9);
    expect(Math.abs(meanOf(3))).toBeLessThan(0.04);
    expect(Math.abs(meanOf(4) - 3)).toBeLessThan(0.1);
    const beyond = (limit: number): number =>
      values.filter((value) => Math.abs(value) > limit).length / values.length;
    expect(beyond(1)).toBeCloseTo(0.3173, 2);
    expect(beyond(2)).toBeCloseTo(0.0455, 2.5);
    expect(Math.abs(beyond(3) - 0.0027)).toBeLessThan(0.0006);
  });

  it("gives neighbours that do not depend on each other", () => {
    const values = normals("neighbours", 100_000);
    const products = values.subarray(1).map((value, index) => value * (values[index] ?? 0));
    const squares = values
      .subarray(1)
      .map((value, index) => (value ** 2 - 1) * ((values[index] ?? 0) ** 2 - 1));
    expect(Math.abs(moments(products).mean)).toBeLessThan(0.015);
    expect(Math.abs(moments(squares).mean)).toBeLessThan(0.04);
  });
});
