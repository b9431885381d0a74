/**
 * Test vectors with intermediate values, for this implementation to keep and another to check
 * itself against: inputs, seeds, every frame that crosses, both output shares. Regenerate with
 * UPDATE_VECTORS=1 npx vitest run packages/mpc/src/vectors.test.ts
 */
import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Inputs, Machine, Operation } from "./machine.ts";
import { elementwiseProduct, matrixProduct } from "./lessons/beaver.ts";
import { flaggedLabels } from "./operations/flagged-labels.ts";
import { maskColumns } from "./operations/mask-columns.ts";
import { periodic } from "./operations/periodic.ts";
import { product } from "./operations/product.ts";
import { sineBackward, sineForward } from "./operations/sine-layer.ts";
import { transposedProduct } from "./operations/transposed-product.ts";
import { truncate } from "./operations/truncate.ts";
import { input, keep } from "./lessons/shared-input.ts";
import { opened, words } from "./testing/shares.ts";
import { runWorld } from "./testing/world.ts";
import type { Shared } from "./values.ts";

interface Vector {
  readonly operation: string;
  readonly seed: string;
  readonly inputs: Record<string, unknown>;
  readonly frames: { toMedia: string[]; toCommerce: string[]; dealt: string[] };
  readonly shares: { scale: number; media: string[]; commerce: string[] };
  readonly plaintext: number[];
}

const file = new URL("testing/vectors/operations.json", import.meta.url);
const a = Float64Array.of(1.5, -2, 0.25, 3);
const b = Float64Array.of(-1, 0.5, 4, 2);
const features = {
  media: Float64Array.of(1, -0.5, 0.25),
  commerce: Float64Array.of(2, 0, -1, 1, 0.5, -2),
};
const rows = Uint32Array.of(2, 0);
const labels = Uint8Array.of(1, 0, 0, 1, 1, 1);
const flags = Uint8Array.of(1, 0, 1);

/** Shares its inputs in one step; what it gives back computes in the next. */
type Make = (m: Machine, own: Inputs) => Promise<() => Promise<Shared>>;
const table = async (m: Machine, own: Inputs): Promise<ReturnType<Machine["columns"]>> => {
  const x = m.columns(3, { media: 1, commerce: 2 }, 12, own);
  await m.round(maskColumns(x, 0, 3));
  return x;
};
/** One operation in one round. */
const one = (m: Machine, operation: Operation<Shared>) => async (): Promise<Shared> =>
  (await m.round(operation))[0];

const sineLayer = async (m: Machine) => {
  const bits = { forward: 12, backward: 12, dealt: 12 };
  const u = await input(m, 2, 2, 24, a);
  const weights = await input(m, 2, 1, 11, b.slice(0, 2));
  const errors = await input(m, 2, 1, 15, a.slice(2));
  return { errors, forward: async () => (await m.round(sineForward(u, weights, bits)))[0] };
};

const cases: Record<string, Make> = {
  product: async (m, own) =>
    one(m, product(await table(m, own), rows, await input(m, 3, 1, 20, a.slice(0, 3)))),
  "transposed-product": async (m, own) =>
    one(m, transposedProduct(await table(m, own), rows, await input(m, 2, 1, 20, b.slice(0, 2)))),
  "matrix-product": async (m) =>
    one(m, matrixProduct(await input(m, 2, 2, 20, a), await input(m, 2, 2, 20, b))),
  "elementwise-product": async (m) =>
    one(m, elementwiseProduct(await input(m, 2, 2, 20, a), await input(m, 2, 2, 20, b))),
  truncate: async (m) => one(m, truncate(await input(m, 1, 4, 20, a), 10)),
  periodic: async (m) => {
    const z = await input(m, 1, 4, 20, a);
    const series = { sine: Float64Array.of(0.25, 0.125), cosine: Float64Array.of(0, 0.5) };
    const options = { periodLog2: 3, publicBits: 12, dealtBits: 12 };
    return async () => {
      const [results] = await m.round(periodic(z, [{ constant: 0.5, ...series }], options));
      return results[0] as Shared;
    };
  },
  "periodic, flagged": async (m) => {
    const z = await input(m, 2, 2, 20, a);
    const series = {
      constant: 0,
      sine: Float64Array.of(0.25, 0.125),
      cosine: Float64Array.of(0, 0.5),
    };
    const options = { periodLog2: 3, publicBits: 12, dealtBits: 12 };
    const counted = { flags: m.dealerFlags(3, flags), rows: Uint32Array.of(1, 2) };
    return async () => {
      const [results] = await m.round(periodic(z, [series], options, counted));
      return results[0] as Shared;
    };
  },
  "flagged-labels": (m, own) => {
    const y = m.privateMatrix("commerce", 3, 2, own);
    return Promise.resolve(one(m, flaggedLabels(y, m.dealerFlags(3, flags), 0, 3)));
  },
  "sine-forward": async (m) => {
    const { forward } = await sineLayer(m);
    return async () => (await forward()).output;
  },
  "sine-backward": async (m) => {
    const { forward, errors } = await sineLayer(m);
    return async () => (await m.round(sineBackward(await forward(), errors)))[0].hidden;
  },
};

async function compute(name: string, make: Make): Promise<Vector> {
  const seed = `vector ${name}`;
  const run = await runWorld(
    async (m, own) => {
      const compute = await m.step(() => make(m, own));
      return m.step(async () => keep(m, await compute()));
    },
    { features, labels },
    { seed },
  );
  const hex = (frames: readonly Uint8Array[]): string[] =>
    frames.map((frame) => Buffer.from(frame).toString("hex"));
  const { twin, masked } = opened(run);
  masked.forEach((value, index) => {
    expect(Math.abs(value - (twin[index] ?? Number.NaN))).toBeLessThan(5e-3);
  });
  return {
    operation: name,
    seed,
    inputs: {
      a: [...a],
      b: [...b],
      rows: [...rows],
      labels: [...labels],
      flags: [...flags],
      features: { media: [...features.media], commerce: [...features.commerce] },
    },
    frames: {
      toMedia: hex(run.openings.media),
      toCommerce: hex(run.openings.commerce),
      dealt: hex(run.dealtFrames),
    },
    shares: {
      scale: run.media.scale,
      media: words(run.media).map(String),
      commerce: words(run.commerce).map(String),
    },
    plaintext: [...twin],
  };
}

describe("test vectors", async () => {
  const vectors = await Promise.all(
    Object.entries(cases).map(([name, make]) => compute(name, make)),
  );
  if (process.env.UPDATE_VECTORS === "1") {
    writeFileSync(file, `${JSON.stringify(vectors, undefined, 1)}\n`);
  }
  const kept = JSON.parse(readFileSync(file, "utf8")) as Vector[];

  it.each(vectors.map((vector) => [vector.operation, vector] as const))("%s", (name, vector) => {
    expect(vector).toEqual(kept.find((each) => each.operation === name));
  });
});
