import { describe, expect, it } from "vitest";
import { scoresCsv } from "./scores-file.ts";

describe("scores.csv", () => {
  it("has a line for each validation and test row, in the arranged order", () => {
    const text = scoresCsv({
      ids: ["a", 'b,"x"', "c", "d"],
      order: Uint32Array.of(3, 1, 0, 2),
      rows: { train: 1, validation: 1, test: 2 },
      names: ["p", "q"],
      labels: Uint8Array.of(9, 9, 1, 0, 0, 1, 1, 1),
      scores: {
        validation: Float64Array.of(0, Math.log(3)),
        test: Float64Array.of(-Math.log(3), 0, 100, -100),
      },
    });
    expect(text).toBe(
      [
        "id,split,p,score_p,q,score_q",
        '"b,""x""",validation,1,0.500000,0,0.750000',
        "a,test,0,0.250000,1,0.500000",
        "c,test,1,1.000000,1,0.000000",
        "",
      ].join("\n"),
    );
  });
});
