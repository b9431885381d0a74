import { describe, expect, it } from "vitest";
import { defenceSchema, LEAST_LABEL_EPSILON } from "@moongate/catalogue";
import { checked } from "./parse.ts";

const kinds = [
  { kind: "randomised-response" },
  { kind: "randomised-response-with-prior", prior: 0.1 },
  { kind: "lp-2st", prior: 0.5 },
] as const;

describe.each(kinds)("the ε of $kind", (kind) => {
  const read = (epsilon: number): unknown =>
    checked(defenceSchema, { labels: { ...kind, epsilon } }, "USAGE", "--defence");

  it("has a minimum, and a reason for it", () => {
    expect(read(LEAST_LABEL_EPSILON)).toEqual({
      labels: { ...kind, epsilon: LEAST_LABEL_EPSILON },
    });
    for (const epsilon of [0.0099, 1e-17, 0, -1]) {
      expect(() => read(epsilon)).toThrow(
        /^--defence: "labels.epsilon": is below 0.01: .*nothing can be learnt$/,
      );
    }
  });
});

it("keeps the corrected targets apart: the least ε still tells the two draws from each other", () => {
  const f = 1 / (Math.exp(LEAST_LABEL_EPSILON) + 1);
  const target = (1 - f) / (1 - 2 * f);
  // As the reason says: about 1/ε, which is 0.1 of a mean over a million rows.
  expect(target * LEAST_LABEL_EPSILON).toBeCloseTo(1, 1);
});
