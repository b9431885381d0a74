import { describe, expect, it } from "vitest";
import type { Engine } from "../engine/engine.ts";
import { centralDifference } from "../engine/proof.ts";
import { usableEngines } from "../engine/usable.fixture.ts";
import { farthest } from "../networks/examples.fixture.ts";
import { copyLayers, type DenseLayer } from "../networks/layers.ts";
import { meanLoss } from "../networks/loss.ts";
import { PLAIN_ACTIVATIONS, plainForward } from "../networks/plain.ts";
import { normals, uniforms } from "../networks/seeded.ts";
import { commerceHalf } from "./commerce-half.ts";
import { mediaHalf } from "./media-half.ts";
import { PLAN, planOf } from "./split.fixture.ts";

const { engines } = await usableEngines();
const engine = engines[0] as Engine;
const KINDS = ["logistic", "sine", "relu"] as const;
const ROWS = 9;
const width = { media: 3, commerce: 2 };
const features = {
  media: normals("media", ROWS * width.media),
  commerce: normals("commerce", ROWS * width.commerce),
};
const next = uniforms("targets");
const targets = Float32Array.from({ length: ROWS * PLAN.labels }, () => 1.5 * next() - 0.2);
/** The rates of a step that moves every weight by its gradient. */
const whole = { rate: 1, perRow: 1 };

function pair(kind: (typeof KINDS)[number], on = engine) {
  const plan = planOf(kind, { weightDecay: 0, momentum: 0 });
  const options = { engine: on, plan, width };
  const [media, commerce] = [mediaHalf(options), commerceHalf(options)];
  // Starts at zero would hide gradients that are not.
  commerce.layers.forEach(({ weights }, index) => {
    normals(`layer ${index}`, weights.length).forEach((value, at) => (weights[at] = value / 2));
  });
  if (kind === "logistic") media.layers[0]?.weights.set(normals("bottom", 6));
  return { media, commerce };
}

describe.each(KINDS.flatMap((kind) => engines.map((on) => ({ kind, on, name: on.name }))))(
  "a $kind network on $name",
  ({ kind, on }) => {
    it("has the gradients of central differences, on both sides and at the cut", () => {
      const { media, commerce } = pair(kind, on);
      const before = [...copyLayers(media.layers), ...copyLayers(commerce.layers)];
      const embeddings = media.forward(features.media);
      const cut = commerce.step({ features: features.commerce, embeddings, targets }, whole);
      media.backward(cut, whole);
      const after = [...media.layers, ...commerce.layers];

      const bottoms = media.layers.length;
      const loss = () => plainLoss(kind, before.slice(0, bottoms), before.slice(bottoms));
      before.forEach(({ weights, outputs }, index) => {
        // Hidden sines learn at a rate of their own; the bias at the cut is commerce's.
        const isBottom = index === 0 || index === bottoms;
        const factor = kind === "sine" && isBottom ? (2 * Math.PI) / 8 : 1;
        const frozen = index === bottoms - 1 ? outputs : 0;
        const moved = Array.from(
          weights,
          (weight, at) => weight - (after[index]?.weights[at] ?? NaN),
        );
        const expected = Array.from(weights, (_, at) =>
          at >= weights.length - frozen ? 0 : factor * centralDifference(weights, at, loss),
        );
        expect(farthest(expected, moved)).toBeLessThan(2e-4);
        expect(Math.max(...expected.map(Math.abs))).toBeGreaterThan(0.01);
      });

      const z = Float64Array.from(embeddings);
      const byEmbedding = Array.from(z, (_, at) =>
        centralDifference(z, at, () => plainLoss(kind, z, before.slice(bottoms))),
      );
      expect(farthest(byEmbedding, cut)).toBeLessThan(2e-4);
    });
  },
);

describe.each(KINDS)("the halves of a %s network", (kind) => {
  it("embed and score any number of rows as one by one", () => {
    const { media, commerce } = pair(kind);
    const rows = 4100; // more than a stretch
    const ours = normals("ours", rows * width.media);
    const theirs = Float32Array.from(normals("theirs", rows * width.commerce));
    const embeddings = media.embed(ours);
    expect(embeddings).toHaveLength(rows * media.cut);
    expect(media.forward(ours)).toEqual(embeddings);
    const scores = commerce.scores(theirs, embeddings);
    for (const row of [0, 1, 4095, 4096, rows - 1]) {
      const of = <T extends Float64Array | Float32Array>(values: T, cols: number): T =>
        values.subarray(row * cols, (row + 1) * cols) as T;
      const embedding = media.embed(of(ours, width.media));
      expect(farthest(of(embeddings, media.cut), embedding)).toBeLessThan(1e-6);
      const [alone] = [commerce.scores(of(theirs, width.commerce), embedding)];
      expect(farthest(of(scores, PLAN.labels), alone)).toBeLessThan(1e-5);
    }
  });

  it("can be taken out and put in again", () => {
    const { media, commerce } = pair(kind);
    const options = { engine, plan: planOf(kind), width, seed: "another" };
    const again = {
      media: mediaHalf({ ...options, start: media.layers }),
      commerce: commerceHalf({ ...options, start: commerce.layers }),
    };
    const embeddings = media.embed(features.media);
    expect(again.media.embed(features.media)).toEqual(embeddings);
    expect(again.commerce.scores(features.commerce, embeddings)).toEqual(
      commerce.scores(features.commerce, embeddings),
    );
    // The copy trains without the original.
    again.commerce.step({ features: features.commerce, embeddings, targets }, whole);
    expect(again.commerce.layers).not.toEqual(commerce.layers);
  });

  it("refuse the layers of another network", () => {
    const { media, commerce } = pair(kind);
    const other = { engine, plan: planOf(kind, { hidden: 7, labels: 3 }), width };
    const code = expect.objectContaining({ code: "SHAPE_MISMATCH" }) as Error;
    expect(() => mediaHalf({ ...other, start: media.layers })).toThrow(code);
    expect(() => commerceHalf({ ...other, start: commerce.layers })).toThrow(code);
    expect(() => commerceHalf({ ...other, plan: planOf(kind), start: media.layers })).toThrow(code);
  });
});

describe("the halves", () => {
  it("add a penalty's gradient to the one that crossed", () => {
    const [together, apart] = [pair("relu").media, pair("relu").media];
    const gradient = Float32Array.from(normals("gradient", ROWS * together.cut));
    const extra = Float32Array.from(normals("extra", ROWS * together.cut));
    together.forward(features.media);
    together.backward(
      gradient.map((value, at) => value + (extra[at] ?? 0)),
      whole,
    );
    apart.forward(features.media);
    apart.backward(gradient, whole, extra);
    expect(apart.layers).toEqual(together.layers);
  });

  it("refuse what has another size, and what is not finite", () => {
    const { media, commerce } = pair("relu");
    const embeddings = media.forward(features.media);
    const cut = embeddings.length;
    const step = (given: Float32Array, aims = targets) =>
      commerce.step({ features: features.commerce, embeddings: given, targets: aims }, whole);
    const size = expect.objectContaining({ code: "SHAPE_MISMATCH" }) as Error;
    const saturation = expect.objectContaining({ code: "SATURATION" }) as Error;
    expect(() => step(embeddings.subarray(1))).toThrow(size);
    expect(() => step(embeddings, targets.subarray(1))).toThrow(size);
    expect(() => commerce.scores(features.media, embeddings)).toThrow(size);
    expect(() => media.embed(features.media.subarray(1))).toThrow(size);
    expect(() => step(embeddings.with(3, NaN))).toThrow(saturation);
    media.forward(features.media);
    expect(() => {
      media.backward(new Float32Array(cut - 1), whole);
    }).toThrow(size);
    media.forward(features.media);
    expect(() => {
      media.backward(new Float32Array(cut).fill(NaN), whole);
    }).toThrow(saturation);
    expect(() => {
      media.backward(new Float32Array(cut), whole);
    }).toThrow("backward follows forward");
  });

  it("stands still after a step that is undone, where somebody hears of it", () => {
    let heard = 0;
    const onRunaway = (): void => void (heard += 1);
    const media = mediaHalf({ engine, plan: planOf("relu"), width, onRunaway });
    const before = media.layers.map(({ weights }) => weights.slice());
    const cut = media.forward(features.media).length;
    for (const value of [NaN, 1]) {
      media.forward(features.media);
      media.backward(new Float32Array(cut).fill(value), whole);
    }
    expect(media.layers.map(({ weights }) => weights)).toEqual(before);
    expect(heard).toBe(1);
  });

  it("start media from its own seed, and its bias at zero for good", () => {
    const plan = planOf("sine");
    const [shared, own] = [undefined, "secret"].map((seed) =>
      mediaHalf({ engine, plan, width, ...(seed === undefined ? {} : { seed }) }),
    );
    expect(own?.layers).not.toEqual(shared?.layers);
    own?.forward(features.media);
    own?.backward(new Float32Array(ROWS * own.cut).fill(1), whole);
    const bias = own?.layers[0]?.weights.subarray(-own.cut);
    expect(bias).toEqual(new Float64Array(PLAN.hidden));
  });
});

/** The summed log-losses in double precision; below the cut media's layers, or their outputs. */
function plainLoss(
  kind: (typeof KINDS)[number],
  media: readonly DenseLayer[] | Float64Array,
  commerce: readonly DenseLayer[],
): number {
  const tops = kind === "logistic" ? 0 : 1;
  const activate = PLAIN_ACTIVATIONS[kind === "logistic" ? "linear" : kind];
  const ours = media instanceof Float64Array ? media : plainForward(media, features.media, ROWS);
  const theirs = plainForward(commerce.slice(0, commerce.length - tops), features.commerce, ROWS);
  const activated = theirs.map((value, at) => activate(value + (ours[at] ?? NaN)));
  const outputs = plainForward(commerce.slice(commerce.length - tops), activated, ROWS);
  return targets.length * meanLoss(Float64Array.from(outputs), targets, "logistic");
}
