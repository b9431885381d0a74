import { describe, expect, it } from "vitest";
import { predictionsCsv, scoresCsv, testScores } from "./scores-file.ts";

describe("scores.csv of a prediction", () => {
  it("has a line for each row in the arranged order, with logits that read back exactly", () => {
    const logits = Float64Array.of(-(2 ** -16), 3 + 2 ** -16, 0.5, -2);
    const text = predictionsCsv({
      ids: ["a", "b"],
      order: Uint32Array.of(1, 0),
      names: ["p", "q,r"],
      logits,
    });
    const [header, ...lines] = text.trimEnd().split("\n");
    expect(header).toBe('id,score_p,logit_p,"score_q,r","logit_q,r"');
    expect(lines.map((line) => line.split(",")[0])).toEqual(["b", "a"]);
    const read = lines.flatMap((line) => [line.split(",")[2], line.split(",")[4]].map(Number));
    expect(read).toEqual([...logits]);
  });
});

describe("scores.csv of a training", () => {
  const text = scoresCsv({
    ids: ["a", 'b,"x"', "c", "d"],
    order: Uint32Array.of(3, 1, 0, 2),
    rows: { train: 1, validation: 1, test: 2 },
    names: ["p", "q"],
    labels: Uint8Array.of(9, 9, 1, 0, 0, 1, 1, 1),
    scores: {
      validation: Float64Array.of(0, 1.25),
      test: Float64Array.of(-1.25, 0, 100, -100),
    },
  });

  it("has a line for each validation and test row, in the arranged order", () => {
    expect(text).toBe(
      [
        "id,split,p,score_p,logit_p,q,score_q,logit_q",
        '"b,""x""",validation,1,0.500000,0,0,0.777300,1.25',
        "a,test,0,0.222700,-1.25,1,0.500000,0",
        "c,test,1,1.000000,100,1,0.000000,-100",
        "",
      ].join("\n"),
    );
  });

  it("gives its test rows back, whatever the ids", () => {
    expect(testScores(text, 2)).toEqual([
      { labels: Uint8Array.of(0, 1), logits: Float64Array.of(-1.25, 100) },
      { labels: Uint8Array.of(1, 1), logits: Float64Array.of(0, -100) },
    ]);
    const odd = scoresCsv({
      ids: ["a\nb,test", ',"'],
      order: Uint32Array.of(0, 1),
      rows: { train: 0, validation: 0, test: 2 },
      names: ["p"],
      labels: Uint8Array.of(1, 0),
      scores: { validation: new Float64Array(), test: Float64Array.of(1e-9, -2) },
    });
    expect(testScores(odd, 1)).toEqual([
      { labels: Uint8Array.of(1, 0), logits: Float64Array.of(1e-9, -2) },
    ]);
  });
});
