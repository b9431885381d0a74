import { MoongateError } from "@moongate/errors";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checked } from "./parse.ts";
import { makePlan, planSchema } from "./plan.ts";
import { planDigest } from "./session-plan.ts";

const refusal = (act: () => unknown): MoongateError => {
  try {
    act();
  } catch (thrown) {
    if (thrown instanceof MoongateError) return thrown;
    throw thrown;
  }
  throw new Error("nothing was refused");
};

const check = (value: unknown): unknown => checked(planSchema, value, "CONFIG_INVALID", "the plan");

describe("a plan", () => {
  it("has defaults for everything but session and labels", () => {
    const plan = makePlan("s", ["bought"]);
    expect(plan).toMatchObject({
      version: 1,
      seed: "1",
      protocol: "masked",
      model: { kind: "sine", hidden: 16, batchSize: "auto" },
      alignment: { method: "keyed", idRule: "trimmed" },
      split: { train: 0.7, validation: 0.1, test: 0.2 },
    });
    expect(check(plan)).toEqual(plan);
  });

  it("fills in what a chosen model leaves out", () => {
    expect(makePlan("s", ["a"], { model: { kind: "sine" } }).model).toMatchObject({ hidden: 16 });
    expect(makePlan("s", ["a"], { model: { kind: "logistic", epochs: 3 } }).model).toMatchObject({
      kind: "logistic",
      epochs: 3,
      batchSize: "auto",
    });
  });

  it("refuses unknown keys, naming the nearest known one", () => {
    const plan = makePlan("s", ["bought"]);
    expect(refusal(() => check({ ...plan, sede: "x" })).details).toEqual({
      key: "sede",
      meant: "seed",
    });
    const nested = refusal(() =>
      check({ ...plan, alignment: { ...plan.alignment, methode: "keyed" } }),
    );
    expect(nested.message).toBe('the plan has an unknown key "alignment.methode"');
    expect(nested.cure).toContain('"method"');
    const model = refusal(() => check({ ...plan, model: { ...plan.model, epoch: 1 } }));
    expect(model.details).toEqual({ key: "model.epoch", meant: "epochs" });
  });

  it("tells a misspelt key that is required as misspelt, not as missing", () => {
    const { labels, ...rest } = makePlan("s", ["bought"]);
    expect(refusal(() => check({ ...rest, lables: labels })).details).toEqual({
      key: "lables",
      meant: "labels",
    });
  });

  it.each([
    ["labels", { labels: ["a", "a"] }],
    ["labels", { labels: [] }],
    ["labels", { labels: Array.from({ length: 17 }, (_, i) => `label ${i}`) }],
    ["split", { split: { train: 0.7, validation: 0.2, test: 0.2 } }],
    ["protocol", { protocol: "plain" }],
    ["session", { session: "../etc" }],
    ["version", { version: 2 }],
  ])("refuses a wrong %s", (key, change) => {
    const error = refusal(() => check({ ...makePlan("s", ["bought"]), ...change }));
    expect(error.code).toBe("CONFIG_INVALID");
    expect(error.details.key).toBe(key);
  });

  it("never quotes a value in a refusal", () => {
    const error = refusal(() => check({ ...makePlan("s", ["bought"]), seed: { s3cret: 1 } }));
    expect(JSON.stringify(error)).not.toContain("s3cret");
  });
});

describe("the plan's digest", () => {
  it("does not depend on the order of keys, and on everything else", () => {
    const plan = makePlan("s", ["bought"]);
    const reversed = Object.fromEntries(Object.entries(plan).reverse());
    expect(planDigest(reversed as typeof plan)).toBe(planDigest(plan));
    const others = [
      makePlan("t", ["bought"]),
      makePlan("s", ["bought", "b"]),
      makePlan("s", ["bought"], { seed: "x" }),
      makePlan("s", ["bought"], { alignment: { method: "ecdh" } }),
      makePlan("s", ["bought"], { model: { kind: "logistic", epochs: 11 } }),
    ];
    expect(new Set([plan, ...others].map(planDigest)).size).toBe(6);
  });

  it("survives JSON, as a plan crosses the wire", () => {
    const labels = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 20 }), {
      minLength: 1,
      maxLength: 5,
    });
    fc.assert(
      fc.property(labels, fc.string({ minLength: 1, maxLength: 50 }), (names, seed) => {
        const plan = makePlan("s", names, { seed });
        const crossed = planSchema.parse(JSON.parse(JSON.stringify(plan)));
        return planDigest(crossed) === planDigest(plan);
      }),
    );
  });
});
