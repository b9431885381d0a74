import { describe, expect, it } from "vitest";
import { foundIn, type Verdict } from "@moongate/lab";
import type { Judged } from "../findings/controls.ts";
import { Attacks } from "../findings/controls.ts";
import { tablesOf } from "../findings/settings.ts";
import { makeResults } from "../results.fixture.ts";
import { whyWeak } from "./verdict.ts";

const [table] = tablesOf(makeResults());
const [some] = table === undefined ? [] : new Attacks(table).all();
const judged = (verdict: Verdict, control: Judged["control"]): Judged => {
  if (some === undefined) throw new Error("no attack");
  return { ...some, verdict, control };
};
const measured = (
  mean: number,
  error = 0.01,
): { mean: number; error: number; freedom: number } => ({
  ...{ mean, error, freedom: 200 },
});

describe("an attack that is too weak", () => {
  it.each<[string, Judged["control"]]>([
    [
      "no better than knowing the same hints without the attack",
      foundIn([{ leak: measured(0.85), supervised: measured(0.86) }]),
    ],
    ["reaches 0.612 of 0.8 where it must succeed", foundIn([{ leak: measured(0.612) }])],
    ["too few rows where it must succeed", foundIn([{ leak: measured(0.9, 0.4) }])],
    ["not run where it must succeed", undefined],
  ])("says what that means: %s", (words, control) => {
    expect(whyWeak(judged("attack too weak", control)).text).toContain(words);
  });

  it("is the only one that needs a reason", () => {
    expect(whyWeak(judged("at chance", foundIn([{ leak: measured(0.99) }]))).text).toBe("");
  });
});
