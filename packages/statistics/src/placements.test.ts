import { auc } from "./metrics/auc.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { placements } from "./placements.ts";

const rows = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.nat(1)), { minLength: 2, maxLength: 30 })
  .filter((all) => [0, 1].every((label) => all.some(([, own]) => own === label)));

describe("placements", () => {
  it("are shares of pairs, counted one by one", () => {
    fc.assert(
      fc.property(rows, (all) => {
        const scores = Float64Array.from(all, ([score]) => score);
        const labels = Uint8Array.from(all, ([, label]) => label);
        const found = placements(scores, labels);
        all.forEach(([score, label], row) => {
          const others = all.filter(([, other]) => other !== label);
          const won = others.map(([other]) => {
            const ahead = label === 1 ? score - other : other - score;
            return ahead === 0 ? 0.5 : Number(ahead > 0);
          });
          const share = won.reduce((sum, one) => sum + one, 0) / others.length;
          expect(found[row]).toBeCloseTo(share, 12);
        });
        const ofPositives = found.filter((_, row) => labels[row] === 1);
        const average = ofPositives.reduce((sum, one) => sum + one, 0) / ofPositives.length;
        expect(average).toBeCloseTo(auc(scores, labels), 12);
      }),
    );
  });
});
