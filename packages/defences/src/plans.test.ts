import { type DefencePlan, defenceSchema } from "@moongate/messages";
import { describe, expect, it } from "vitest";
import { commerceDefence } from "./commerce.ts";
import type { GradientBatch } from "./steps.ts";
import { describeDefence } from "./describe.ts";
import { mediaDefence } from "./media.ts";
import { firstRows, noiseOf, normals } from "./noise.fixture.ts";
import { NoiseSource } from "./noise.ts";

const [rows, cut, count] = [64, 4, 2];
const labels = Uint8Array.from({ length: rows * count }, (_, index) => (index % 5 === 0 ? 1 : 0));
const gradient = normals("gradient", rows * cut);
const features = normals("features", rows * 3);
const batch: GradientBatch = { rows: firstRows(rows), labels, labelCount: count, cut };
const stageModel = (_: unknown, predict: Uint32Array): Float64Array =>
  new Float64Array(predict.length * count).fill(0.4);

const COMMERCE: readonly DefencePlan[] = [
  { labels: { kind: "randomised-response", epsilon: 1 } },
  { labels: { kind: "randomised-response-with-prior", epsilon: 1, prior: 0.4 } },
  { labels: { kind: "lp-2st", epsilon: 1, prior: 0.5 } },
  { gradient: { kind: "gaussian", clip: 1, multiplier: 1 } },
  { gradient: { kind: "marvell", s: 1 } },
  { gradient: { kind: "max-norm" } },
  { gradient: { kind: "isotropic", t: 1 } },
  { gradient: { kind: "sparsification", quantile: 0.5 } },
  { gradient: { kind: "discretisation", bins: 4 } },
];
const MEDIA: readonly DefencePlan[] = [
  { embedding: { kind: "noise", clip: 1, multiplier: 1 } },
  { embedding: { kind: "distance-correlation", weight: 1 } },
];
const named = (plans: readonly DefencePlan[]): [string, DefencePlan][] =>
  plans.map((plan) => [kindOf(plan), plan]);
const kindOf = ({ labels: own, gradient: crossing, embedding }: DefencePlan): string =>
  [own, crossing, embedding].flatMap((defence) => defence?.kind ?? []).join(", ");
/** These draw no noise. */
const DETERMINISTIC = ["sparsification", "discretisation", "distance-correlation"];

async function commerceOutput(plan: DefencePlan, key: string): Promise<number[]> {
  const defence = commerceDefence(plan, noiseOf(key), stageModel);
  const targets = await defence.labels?.targets(labels, count, rows);
  const crossing = defence.gradient?.apply(gradient, batch);
  return [...(targets ?? []), ...(crossing ?? [])];
}

function mediaOutput(plan: DefencePlan, key: string): number[] {
  const { embedding } = mediaDefence(plan, noiseOf(key));
  return [
    ...(embedding?.apply?.(gradient, { rows, cut }) ?? []),
    ...(embedding?.penalty?.(features, gradient, { rows, cols: 3, cut }) ?? []),
  ];
}

describe("a plan's defences", () => {
  it("are all those that a plan can name", () => {
    const kinds = Object.values(defenceSchema.shape).flatMap((place) =>
      place.unwrap().options.map((option) => option.shape.kind.value),
    );
    expect([...COMMERCE, ...MEDIA].map(kindOf).toSorted()).toEqual(kinds.toSorted());
  });

  it.each(named(COMMERCE))("at commerce, %s: repeated by its key", async (kind, plan) => {
    defenceSchema.parse(plan);
    const first = await commerceOutput(plan, "a");
    expect(first.length).toBeGreaterThan(0);
    expect(await commerceOutput(plan, "a")).toEqual(first);
    if (DETERMINISTIC.includes(kind)) expect(await commerceOutput(plan, "b")).toEqual(first);
    else expect(await commerceOutput(plan, "b")).not.toEqual(first);
    expect(mediaDefence(plan, noiseOf("a"))).toEqual({});
  });

  it.each(named(MEDIA))("at media, %s: repeated by its key", (kind, plan) => {
    defenceSchema.parse(plan);
    const first = mediaOutput(plan, "a");
    expect(first).toHaveLength(rows * cut);
    expect(mediaOutput(plan, "a")).toEqual(first);
    if (DETERMINISTIC.includes(kind)) expect(mediaOutput(plan, "b")).toEqual(first);
    else expect(mediaOutput(plan, "b")).not.toEqual(first);
    expect(commerceDefence(plan, noiseOf("a"))).toEqual({});
  });

  it("are none of an empty plan", () => {
    expect(commerceDefence({}, noiseOf("a"))).toEqual({});
    expect(mediaDefence({}, noiseOf("a"))).toEqual({});
    expect(describeDefence({})).toEqual([]);
  });

  it("show a gradient's defence the drawn labels, so that all is made of the draws", async () => {
    const plan: DefencePlan = {
      labels: { kind: "randomised-response", epsilon: 1 },
      gradient: { kind: "marvell", s: 1 },
    };
    const crossing = async (shown: Uint8Array): Promise<Float32Array | undefined> => {
      const defence = commerceDefence(plan, noiseOf("both"));
      await defence.labels?.targets(labels, count, rows);
      return defence.gradient?.apply(gradient, { ...batch, labels: shown });
    };
    expect(await crossing(new Uint8Array(rows * count))).toEqual(await crossing(labels));

    const undrawn = commerceDefence(plan, noiseOf("both"));
    expect(() => undrawn.gradient?.apply(gradient, batch)).toThrow(
      expect.objectContaining({ code: "INTERNAL" }),
    );
  });

  it("take a key in place of its noise", () => {
    const key = new Uint8Array(32).fill(3);
    const outputs = [key, new NoiseSource(key)].map((noise) => [
      commerceDefence({ gradient: { kind: "max-norm" } }, noise).gradient?.apply(gradient, batch),
      mediaDefence(
        { embedding: { kind: "noise", clip: 1, multiplier: 1 } },
        noise,
      ).embedding?.apply?.(gradient, { rows, cut }),
    ]);
    expect(outputs[0]?.every((output) => output !== undefined)).toBe(true);
    expect(outputs[1]).toEqual(outputs[0]);
  });

  it("refuse LP-2ST without a model of its first stage", () => {
    const plan: DefencePlan = { labels: { kind: "lp-2st", epsilon: 1, prior: 0.5 } };
    expect(() => commerceDefence(plan, noiseOf("a"))).toThrow(
      expect.objectContaining({ code: "INTERNAL" }),
    );
  });
});

describe("what a defence says of itself", () => {
  it.each(named([...COMMERCE, ...MEDIA]))("%s", (kind, plan) => {
    const [statement, ...others] = describeDefence(plan);
    expect(others).toEqual([]);
    expect(statement).toMatchObject({
      kind,
      place: Object.keys(plan)[0],
      inFavourOf: plan.embedding ? "media" : "commerce",
      proven: plan.labels
        ? "training"
        : kind === "gaussian" || kind === "noise"
          ? "release"
          : "none",
    });
    expect(statement?.epsilon).toBe(plan.labels?.epsilon);
    expect(statement?.guarantee.startsWith("none")).toBe(statement?.proven === "none");
    for (const text of [statement?.guarantee, statement?.unit, statement?.breaks]) {
      expect(text).toMatch(/[^.]$/);
    }
  });

  it("says that noise on embeddings is another release in every epoch and every scoring", () => {
    const [noise] = describeDefence({ embedding: { kind: "noise", clip: 1, multiplier: 1 } });
    expect(noise?.unit).toContain("each epoch (training rows) and one for each scoring (all rows)");
    expect(noise?.breaks).toMatch(/^further releases: they compose, and every scoring is one/);
    expect(`${noise?.unit} ${noise?.breaks}`).not.toContain("once");
  });

  it("counts a clipped row's sensitivity as twice the clip", () => {
    const [gaussian] = describeDefence({
      gradient: { kind: "gaussian", clip: 0.5, multiplier: 3 },
    });
    expect(gaussian?.release).toEqual({ sensitivity: 1, deviation: 1.5 });
  });

  it("says of a gradient's defence on drawn labels that the draws' ε holds", () => {
    const [labels, gradient] = describeDefence({
      labels: { kind: "randomised-response", epsilon: 1 },
      gradient: { kind: "marvell", s: 1 },
    });
    expect(labels).toMatchObject({ place: "labels", epsilon: 1 });
    expect(gradient?.caution).toContain("drawn labels");
  });

  it("says which labels commerce's own layers learn from", () => {
    const plan = { gradient: { kind: "gaussian", clip: 1, multiplier: 2 } } as const;
    expect(describeDefence(plan)[0]?.breaks).toContain("true labels");
    const drawn = { ...plan, labels: { kind: "randomised-response", epsilon: 1 } } as const;
    expect(describeDefence(drawn)[1]?.breaks).toContain("drawn labels");
  });

  it("warns of a prior that settles all labels", () => {
    const caution = (epsilon: number): string | undefined =>
      describeDefence({
        labels: { kind: "randomised-response-with-prior", epsilon, prior: 0.03 },
      })[0]?.caution;
    expect(caution(3.4)).toContain("drawn as 0");
    expect(caution(3.5)).toBeUndefined();
  });
});
