import { createHash } from "node:crypto";
import { NoiseSource } from "./noise.ts";

/** Noise that a name replays. */
export const noiseOf = (name: string): NoiseSource =>
  new NoiseSource(createHash("sha256").update(name).digest());

/** Standard normal numbers that a name replays. */
export function normals(name: string, length: number): Float32Array {
  const stream = noiseOf(name).stream("test");
  return Float32Array.from({ length }, () => stream.normal());
}

/** Mean and variance. */
export function moments(values: ArrayLike<number>): {
  readonly mean: number;
  readonly variance: number;
} {
  const list = Array.from(values);
  const mean = list.reduce((sum, value) => sum + value, 0) / list.length;
  const variance = list.reduce((sum, value) => sum + (value - mean) ** 2, 0) / list.length;
  return { mean, variance };
}

/** 0, 1, …: the positions of a batch that is the table's beginning. */
export const firstRows = (length: number): Uint32Array =>
  Uint32Array.from({ length }, (_, index) => index);
