import {
  type DefenceEntry,
  DEFENCES,
  defenceSchemaOf,
  type ModelEntry,
  MODELS,
  modelSchemaOf,
} from "@moongate/catalogue";
import { gridDefences, slowAttacks, trainings } from "@moongate/lab";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { defenceForms, defenceOption } from "./demo/defence-option.ts";
import { kindsWithHidden, modelChoices, modelHelp } from "./demo/model-option.ts";
import { kindsTable } from "./summary/models.ts";

describe("a made-up kind of model, by its entry alone", () => {
  const spline: ModelEntry = {
    ...{ title: "spline network", help: "piecewise cubic", protocols: ["split"] },
    settings: z.strictObject({
      kind: z.literal("spline"),
      hidden: z.number().int().min(1).default(9),
      epochs: z.number().int().min(1).default(3),
    }),
    ...{ cut: "linear", layersBelow: 1, takesNoise: false, several: false },
  };
  const models = { ...MODELS, spline };

  it("is in the schema, with its defaults and its refusals", () => {
    const schema = modelSchemaOf(models);
    expect(schema.parse({ kind: "spline" })).toEqual({ kind: "spline", hidden: 9, epochs: 3 });
    expect(schema.safeParse({ kind: "spline", knots: 4 }).success).toBe(false);
    expect(schema.safeParse({ kind: "cubic" }).success).toBe(false);
  });

  it("is among the options and in their help", () => {
    expect(modelChoices(models)).toContain("spline");
    expect(modelHelp(models)).toContain("spline (piecewise cubic)");
    expect(kindsWithHidden(models)).toContain("spline");
    expect(modelChoices()[0]).toBe("sine");
  });

  it("is trained in the grid, by a protocol that can", () => {
    const own = trainings<string>(false, models).filter(({ kind }) => kind === "spline");
    expect(own).toEqual([{ kind: "spline", protocol: "split", control: "none" }]);
    const both = { ...models, spline: { ...spline, protocols: ["masked", "split"] as const } };
    const full = trainings<string>(true, both).filter(({ kind }) => kind === "spline");
    expect(full.map(({ protocol, control }) => `${protocol} ${control}`)).toEqual([
      "split none",
      "masked none",
      "masked masks-off",
    ]);
  });

  it("has a column of the summary", () => {
    const trained = [{ who: "pooled", kind: "spline", test: {} }];
    const text = kindsTable({ labels: [], models: trained as never, rows: {} as never }, models);
    expect(text).toContain("spline network");
  });
});

describe("a made-up defence, by its entry alone", () => {
  const rounding: DefenceEntry = {
    ...{ place: "gradient", option: "round", title: "rounding" },
    settings: z.strictObject({
      kind: z.literal("rounding"),
      digits: z.number().int().min(0),
      base: z.number(),
    }),
    dial: {
      ...{ setting: "digits", says: (digits) => `${digits} digits`, inverse: true },
      ...{ quick: [2], full: [4, 2], beside: { base: 10 } },
    },
  };
  const defences = { ...DEFENCES, rounding };

  it("is in the schema of a plan, at its place alone", () => {
    const chosen = { kind: "rounding", digits: 2, base: 10 };
    const schema = defenceSchemaOf(defences as typeof DEFENCES);
    expect(schema.parse({ gradient: chosen })).toEqual({ gradient: chosen });
    expect(schema.safeParse({ embedding: chosen }).success).toBe(false);
  });

  it("is read by --defence, and named in its help", () => {
    expect(defenceForms(defences)).toContain("round:<digits>:<base>");
    expect(defenceOption("round:2:10", {}, defences)).toEqual({
      gradient: { kind: "rounding", digits: 2, base: 10 },
    });
    expect(() => defenceOption("round:2", {}, defences)).toThrow("round:<digits>:<base>");
  });

  it("is tried in the grid at its strengths", () => {
    const of = (strengths: "quick" | "full") =>
      gridDefences(strengths, 0.5, defences).filter(({ shown }) => shown.kind === "rounding");
    expect(of("quick").map(({ plan }) => plan.gradient)).toEqual([
      { kind: "rounding", digits: 2, base: 10 },
    ]);
    expect(of("full").map(({ shown }) => shown)).toEqual([
      { place: "gradient", kind: "rounding", title: "rounding, 4 digits", strength: 1 / 4 },
      { place: "gradient", kind: "rounding", title: "rounding, 2 digits", strength: 1 / 2 },
    ]);
  });
});

describe("a made-up attack, by its entry alone", () => {
  it("is left out of most quick sessions where it says that it is slow", () => {
    const about = {
      name: "guess",
      title: "Guessing",
      adversary: "media",
      target: "labels",
      knows: "nothing",
      paper: "",
      effort: "slow",
    } as const;
    expect(slowAttacks("slow", "media", [{ about }])).toEqual(["guess"]);
    expect(slowAttacks("slow", "commerce", [{ about }])).toEqual([]);
    expect(slowAttacks("slowest", undefined, [{ about }])).toEqual([]);
  });
});
