import type { DefencePlan } from "@moongate/messages";
import picocolors from "picocolors";
import { describe, expect, it } from "vitest";
import { resultFixture } from "../testing/result-fixture.ts";
import { defenceSection, defendedBy } from "./defences.ts";
import { summary } from "./summary.ts";

const plan: DefencePlan = {
  labels: { kind: "randomised-response", epsilon: 2 },
  gradient: { kind: "max-norm" },
  embedding: { kind: "noise", clip: 1, multiplier: 0.5 },
};

describe("defences in the summary", () => {
  it("are named with their strengths", () => {
    expect(defendedBy(plan)).toBe(
      "randomised-response (epsilon 2) and max-norm and noise (clip 1, multiplier 0.5)",
    );
  });

  it("say in whose favour they are, and what is proven", () => {
    const lines = defenceSection(plan).split("\n");
    const line = (place: string): string =>
      lines.find((each) => each.includes(`  ${place} `)) ?? "";
    expect(line("labels")).toMatch(/labels +commerce +training /);
    expect(line("gradients")).toMatch(/gradients +commerce +nothing /);
    expect(line("embeddings")).toMatch(/embeddings +media /);
  });

  it("are shown of a defended session alone", () => {
    const colours = picocolors.createColors(false);
    const defended = summary({ ...resultFixture, protocol: "split", defence: plan }, colours);
    expect(defended).toMatch(/^split logistic model, defended by randomised-response/);
    expect(defended).toMatch(/^Defences$/m);
    expect(summary(resultFixture, colours)).not.toMatch(/[Dd]efence/);
  });
});
