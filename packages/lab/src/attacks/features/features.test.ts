import type { DenseLayer } from "@moongate/learning";
import { makePlan } from "@moongate/messages";
import { MemoryView } from "@moongate/views";
import { beforeAll, describe, expect, it } from "vitest";
import { maskedSession, type MaskedSession } from "../../testing/masked-session.ts";
import { type RecordedSplit, recordedSplit } from "../../testing/recorded-split.ts";
import type { AttackResult, Truth } from "../attack.ts";
import { matrix } from "../numeric/matrices.ts";
import { normals, uniforms } from "@moongate/statistics";
import { equationSolving } from "./equation-solving.ts";
import { generativeRegression } from "./generative-regression.ts";
import { gram } from "./gram.ts";
import { ReleasedModel } from "./released-model.ts";
import { inferenceFromOwnColumns, shadowInversion } from "./shadow-inversion.ts";

const options = { seed: "1" };
const figure = ({ details }: AttackResult, name: string): number => details?.[name] ?? Number.NaN;
const containsHalf = ({ leak }: AttackResult): boolean => {
  const [low, high] = leak?.interval ?? [1, 1];
  return low <= 0.5 && high >= 0.5;
};

/** Commerce's view of scored rows, by a model of so many of media's columns and labels. */
function scored(media: number, labels: number, hidden: number) {
  const [commerce, held] = [3, 600];
  const next = uniforms(`scored ${media} ${labels} ${hidden}`);
  const rows = { train: 10, validation: 200, test: 400 };
  const all = 10 + held;
  const theirs = matrix(all, media, normals(next, all * media));
  const own = matrix(all, commerce, normals(next, all * commerce));
  const layer = (
    inputs: number,
    outputs: number,
    activation: DenseLayer["activation"],
  ): DenseLayer => ({
    ...{ inputs, outputs, activation },
    weights: normals(next, (inputs + 1) * outputs),
  });
  const model = new ReleasedModel(
    hidden === 0
      ? [layer(media + commerce, labels, "linear")]
      : [layer(media + commerce, hidden, "tanh"), layer(hidden, labels, "linear")],
  );
  const names = Array.from({ length: labels }, (_, label) => `l${label}`);
  const view = new MemoryView({
    process: "commerce",
    plan: makePlan("lab", names, { model: { kind: "logistic" } }),
    rows,
    width: { media, commerce },
  });
  const shape = { source: "own", step: null } as const;
  const features = Float32Array.from(own.values);
  own.values.set(features);
  view.add(
    { name: "own/features", ...shape, rows: all, cols: commerce, element: "f32" },
    new Uint8Array(features.buffer),
  );
  const logits = model.logits(theirs, own).values.slice(10 * labels);
  view.add(
    { name: "scores", ...shape, rows: held, cols: labels, element: "f64" },
    new Uint8Array(logits.buffer),
  );
  const truth: Truth = { features: { values: theirs.values, cols: media } };
  return { view, truth, model };
}

describe("equation solving", () => {
  it("is exact when there are as many labels as unknown columns", async () => {
    const { view, truth, model } = scored(3, 3, 0);
    const result = await equationSolving.on(model).run(view, truth, options);
    expect(figure(result, "mse")).toBeLessThan(1e-12);
    expect(result.leak?.mean).toBe(1);
  });

  it("finds a part of more columns", async () => {
    const { view, truth, model } = scored(6, 2, 0);
    const result = await equationSolving.on(model).run(view, truth, options);
    expect(result.details).toMatchObject({ equations: 2, unknowns: 6 });
    // The projection of six independent columns on two directions.
    expect(figure(result, "r2")).toBeGreaterThan(0.25);
    expect(figure(result, "r2")).toBeLessThan(0.45);
  });

  it("is at chance with the wrong model", async () => {
    const { view, truth } = scored(3, 1, 0);
    const layer = {
      inputs: 6,
      outputs: 1,
      activation: "linear",
      weights: Float64Array.of(0, 0, 0, 1, 1, 1, 0),
    } as const;
    const result = await equationSolving.on(new ReleasedModel([layer])).run(view, truth, options);
    expect(containsHalf(result)).toBe(true);
    expect(figure(result, "r2")).toBe(0);
  });

  it("is for linear models and for views with scores", async () => {
    const { truth, view, model } = scored(3, 1, 4);
    expect(await equationSolving.on(model).run(view, truth, options)).toMatchObject({
      applicable: false,
      why: "the model is not linear",
    });
    const linear = scored(3, 1, 0);
    const empty = new MemoryView(view.header);
    expect(await equationSolving.on(linear.model).run(empty, truth, options)).toMatchObject({
      applicable: false,
      why: "the view has no scores",
    });
  });
});

describe("generative regression", () => {
  it("finds columns that a network's scores tell of, and none of another table", async () => {
    const { view, truth, model } = scored(2, 3, 6);
    const result = await generativeRegression.on(model).run(view, truth, options);
    expect(result.leak?.mean).toBeGreaterThan(0.8);
    expect(figure(result, "r2")).toBeGreaterThan(0.25);
    const others = { features: { values: normals(uniforms("others"), 2 * 610), cols: 2 } };
    const blind = await generativeRegression.on(model).run(view, others, options);
    expect(figure(blind, "r2")).toBe(0);
    expect(containsHalf(blind)).toBe(true);
  });
});

describe("a released model", () => {
  it("has the gradient of finite differences", () => {
    const { model } = scored(2, 3, 6);
    const next = uniforms("gradient");
    const [media, own] = [matrix(4, 2, normals(next, 8)), matrix(4, 3, normals(next, 12))];
    const byLogits = matrix(4, 3, normals(next, 12));
    const loss = (values: Float64Array): number =>
      model
        .logits({ ...media, values }, own)
        .values.reduce((sum, value, i) => sum + value * (byLogits.values[i] ?? 0), 0);
    const gradient = model.gradient(media, own, byLogits);
    gradient.values.forEach((value, index) => {
      const moved = (by: number): Float64Array =>
        media.values.map((each, i) => (i === index ? each + by : each));
      const slope = (loss(moved(1e-5)) - loss(moved(-1e-5))) / 2e-5;
      expect(Math.abs(value - slope)).toBeLessThan(1e-6);
    });
  });
});

describe("on sessions", () => {
  let logistic: RecordedSplit;
  let sine: RecordedSplit;
  let masked: MaskedSession;
  beforeAll(async () => {
    const rows = { train: 320, validation: 300, test: 400 };
    logistic = await recordedSplit({
      seed: "logistic",
      model: { kind: "logistic", epochs: 6, batchSize: 64 },
      rows,
    });
    sine = await recordedSplit({
      seed: "sine",
      model: { kind: "sine", hidden: 6, epochs: 6, batchSize: 64 },
      rows,
    });
    const model = { kind: "sine", hidden: 4, epochs: 2, batchSize: 64 } as const;
    masked = await maskedSession({ seed: "masked", model, rows });
  });
  const truthOf = ({ features, width }: RecordedSplit | MaskedSession): Truth => ({
    features: { values: features.media, cols: width.media },
  });

  it("shadow inversion decodes a wide cut, and no masked view", async () => {
    const result = await shadowInversion.run(sine.views.commerce, truthOf(sine), options);
    expect(result.tensor).toBe("embedding");
    expect(figure(result, "r2")).toBeGreaterThan(0.99);
    const inferred = await inferenceFromOwnColumns.run(sine.views.commerce, truthOf(sine), options);
    expect(containsHalf(inferred)).toBe(true);
    const blind = await shadowInversion.run(masked.views.commerce, truthOf(masked), {
      seed: "1",
      known: 150,
    });
    expect(blind.applicable).toBe(true);
    expect(containsHalf(blind)).toBe(true);
    expect(figure(blind, "r2")).toBeLessThan(0.02);
  });

  it("the Gram matrix falls where a row is told as many sums as it has columns", async () => {
    const result = await gram.run(sine.views.commerce, truthOf(sine), options);
    expect(figure(result, "columnsR2")).toBeGreaterThan(0.99);
    expect(figure(result, "r2")).toBeGreaterThan(0.99);
    expect(result.leak?.mean).toBeGreaterThan(0.99);
  });

  it("a single sum a row and step tells much of it", async () => {
    const result = await gram.run(logistic.views.commerce, truthOf(logistic), options);
    expect(figure(result, "residual")).toBeLessThan(0.1);
    expect(result.leak?.interval[0]).toBeGreaterThan(0.8);
  });

  it("the Gram attack needs sums and gradients", async () => {
    expect(await gram.run(masked.views.commerce, truthOf(masked), options)).toMatchObject({
      applicable: false,
    });
    expect(await gram.run(sine.views.media, truthOf(sine), options)).toMatchObject({
      applicable: false,
    });
  });

  it("the Gram attack is at chance with another table's gradients and sums", async () => {
    const other = { features: { values: logistic.features.commerce, cols: 3 } };
    const result = await gram.run(logistic.views.commerce, other, options);
    expect(result.leak?.mean).toBeLessThan(0.6);
  });
});
