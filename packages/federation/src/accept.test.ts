import { makePlan } from "@moongate/messages";
import { describe, expect, it } from "vitest";
import { acceptSchema, agreeToTraining } from "./accept.ts";

const plan = makePlan("s", ["a", "b"], { model: { kind: "logistic", epochs: 10 } });
const check = (accept: object): (() => void) => {
  return () => {
    agreeToTraining(plan, acceptSchema.parse(accept));
  };
};

describe("which plans media agrees to", () => {
  it("by default, every masked one", () => {
    expect(check({})).not.toThrow();
  });

  it.each([
    [{ maximumLabels: 1 }, "2 labels"],
    [{ maximumEpochs: 9 }, "10 epochs"],
    [{ models: ["sine"] }, "model logistic"],
    [{ alignments: ["ecdh"] }, "alignment keyed"],
    [{ minimumScoreNoise: 0.06 }, "score noise of deviation 0.05"],
  ])("with %j, not this one", (accept, what) => {
    expect(check(accept)).toThrow(
      expect.objectContaining({
        code: "SESSION_REFUSED",
        message: `media does not agree to ${what}`,
      }),
    );
  });

  it("and none with less score noise than it asks for, which is the default's", () => {
    const bare = makePlan("s", ["a"], { scoreNoise: 0 });
    const agree = (accept: object) => () => agreeToTraining(bare, acceptSchema.parse(accept));
    expect(agree({})).toThrow(expect.objectContaining({ code: "SESSION_REFUSED" }));
    expect(agree({ minimumScoreNoise: 0 })).not.toThrow();
  });
});
