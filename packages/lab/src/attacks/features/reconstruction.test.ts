import { describe, expect, it } from "vitest";
import { matrix } from "../numeric/matrices.ts";
import { normals, uniforms } from "@moongate/statistics";
import { shadowInversion } from "./shadow-inversion.ts";
import { scoreGuesses } from "./reconstruction.ts";

const ROWS = 600;
const COLUMNS = 6;
/** One row in forty has it. */
const RARE = 5;

/** Normal columns, and a rare one that is there or not. */
function table(next: () => number): Float64Array {
  return normals(next, ROWS * COLUMNS).map((value, at) =>
    at % COLUMNS === RARE ? Number(value > 1.96) : value,
  );
}

describe("the worst column", () => {
  it("is hardly ever the rarest one, where all guesses are in vain", () => {
    const next = uniforms("guesses in vain");
    const results = Array.from({ length: 60 }, () =>
      scoreGuesses(shadowInversion.about, matrix(ROWS, COLUMNS, table(next)), [
        { tensor: "guess", values: matrix(ROWS, COLUMNS, normals(next, ROWS * COLUMNS)) },
      ]),
    );
    const rarest = results.filter(({ label }) => label === `column ${RARE}`).length;
    // The highest mean is the rare column's in 22 of these 60.
    expect(rarest).toBeLessThan(5);
  });

  it("is the rarest one where that alone is found", () => {
    const next = uniforms("one column is found");
    const truth = table(next);
    const guess = truth.map((value, at) => (at % COLUMNS === RARE ? value : next()));
    const result = scoreGuesses(shadowInversion.about, matrix(ROWS, COLUMNS, truth), [
      { tensor: "guess", values: matrix(ROWS, COLUMNS, guess) },
    ]);
    expect(result.label).toBe(`column ${RARE}`);
    expect(result.leak?.mean).toBe(1);
  });

  it("is not one that is guessed the same for every row", () => {
    const next = uniforms("one guess is constant");
    const guess = normals(next, ROWS * COLUMNS).map((value, at) =>
      at % COLUMNS === 0 ? 1 : value,
    );
    const result = scoreGuesses(shadowInversion.about, matrix(ROWS, COLUMNS, table(next)), [
      { tensor: "guess", values: matrix(ROWS, COLUMNS, guess) },
    ]);
    expect(result.label).not.toBe("column 0");
  });
});
