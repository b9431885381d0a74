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

  it("leave every line of the summary short enough for a terminal of 100 columns", () => {
    const disclosures = [
      {
        what: "numbers of prepared columns of both sides",
        shape: "254443 and 243521, 204321",
        why: "the halves of the network start from the widths of both",
      },
      {
        what: "gradients of the cut layer, one a row and step",
        shape: "30000000×256",
        why: "media trains its half of the network on them, defended by max-norm",
      },
    ].flatMap((line) =>
      (["media", "commerce", "coordinator"] as const).map((to) => ({ ...line, to })),
    );
    const split = { ...resultFixture, protocol: "split", defence: plan, disclosures } as const;
    const text = summary(split, picocolors.createColors(false));
    expect(text.split("\n").filter((line) => line.length > 100)).toEqual([]);
  });

  it("says of split networks why they differ from pooled ones, and of no others", () => {
    const sine = { ...resultFixture.model, kind: "sine", hidden: 16 } as const;
    const of = (protocol: "split" | "masked"): string =>
      summary({ ...resultFixture, model: sine, protocol }, picocolors.createColors(false));
    expect(of("split")).toContain("each half starts from its party's own secret");
    expect(of("masked")).not.toContain("each half starts");
  });
});
