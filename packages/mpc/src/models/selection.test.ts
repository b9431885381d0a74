import { at } from "@moongate/errors";
import { describe, expect, it } from "vitest";
import { uniforms } from "../testing/table.ts";
import { selectHeads, uniformWeights, WEIGHT_BITS, weightedLogits } from "./selection.ts";

const ONE = 2 ** WEIGHT_BITS;
const ROWS = 400;

/** Heads that see the same logit, each through noise of its own; labels follow the logit. */
function scoresOf(noises: readonly number[], seed: string) {
  const next = uniforms(seed);
  const noise = (): number => next() + next() + next() - 1.5;
  const truth = new Uint8Array(ROWS);
  const logits = new Float64Array(ROWS * noises.length);
  for (let row = 0; row < ROWS; row++) {
    const logit = 6 * noise();
    truth[row] = next() < 1 / (1 + Math.exp(-logit)) ? 1 : 0;
    noises.forEach((size, head) => {
      logits[row * noises.length + head] = logit + size * noise();
    });
  }
  return { heads: noises.length, labels: 1, logits, truth };
}

describe("head selection", () => {
  it("weighs good heads more than bad ones; weights add up to one", () => {
    const { weights } = selectHeads(scoresOf([0.5, 0.5, 6], "good"));
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBe(ONE);
    expect(at(weights, 2)).toBeLessThan(at(weights, 0) / 2);
    expect(at(weights, 2)).toBeLessThan(at(weights, 1) / 2);
  });

  it("gives a head that ran away nothing, whatever its logits are", () => {
    const scores = scoresOf([1, 1, 1], "wild");
    for (let row = 0; row < ROWS; row++) scores.logits[row * 3 + 1] = row % 2 === 0 ? 63 : -64;
    const { weights, ranAway } = selectHeads(scores);
    expect([...ranAway]).toEqual([0, 1, 0]);
    expect(weights[1]).toBe(0);
    expect(at(weights, 0) + at(weights, 2)).toBe(ONE);
    for (const logit of weightedLogits(scores, weights)) expect(Math.abs(logit)).toBeLessThan(16);
  });

  it("keeps the mean where all ran away, and where there is one head", () => {
    const wild = scoresOf([1, 1], "all");
    wild.logits.fill(40);
    expect([...selectHeads(wild).weights]).toEqual([ONE / 2, ONE / 2]);
    expect([...selectHeads(scoresOf([1], "one")).weights]).toEqual([ONE]);
    expect([...uniformWeights(3, 2)]).toEqual([43, 43, 43, 43, 42, 42]);
  });

  it("chooses for each label by its own rows", () => {
    const [a, b] = [scoresOf([0.2, 6], "first"), scoresOf([6, 0.2], "second")];
    const truth = new Uint8Array(2 * ROWS);
    const logits = new Float64Array(4 * ROWS);
    for (let row = 0; row < ROWS; row++) {
      [a, b].forEach((one, label) => {
        truth[2 * row + label] = at(one.truth, row);
        for (let head = 0; head < 2; head++) {
          logits[4 * row + 2 * head + label] = at(one.logits, 2 * row + head);
        }
      });
    }
    const both = selectHeads({ heads: 2, labels: 2, logits, truth }).weights;
    const alone = [selectHeads(a).weights, selectHeads(b).weights];
    const expected = [0, 1].flatMap((head) => alone.map((weights) => at(weights, head)));
    expect([...both]).toEqual(expected);
  });
});
