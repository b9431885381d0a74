import { at } from "@moongate/errors";
import type { RealMatrix } from "@moongate/views";
import { type About, notApplicable } from "../attack.ts";
import { addScaled, joined, matrix, moments, rowsOf } from "../numeric/matrices.ts";
import { normals, permutation, type Uniform, uniforms } from "@moongate/statistics";
import { SmallNetwork } from "../numeric/small-network.ts";
import { scoreGuesses } from "./reconstruction.ts";
import { type ReleasedModel, type ReleasedModelAttack, scoredRows } from "./released-model.ts";
import { truthOf } from "./truth.ts";

const about: About = {
  name: "generative-regression",
  effort: "slowest",
  title: "Generative regression network (GRN)",
  adversary: "commerce with the model",
  target: "features",
  knows: "the released model of any kind, media's part included, and the scores it was told",
  paper: "Luo, Wu, Xiao, Ooi, ICDE 2021, arXiv 2010.10152",
};

const HIDDEN = 32;
const BATCH = 64;
const STEPS = 1500;
const RATE = 5e-3;
/** Weight of the squared guesses: a column is taken to be of size 1 about 0, as prepared ones are. */
const PRIOR = 0.02;
/** Draws of the noise that a guess is the mean of. */
const DRAWS = 8;
/** More rows teach the generator nothing new and cost time. */
const MOST_ROWS = 4000;

/**
 * A generator learns media's columns from commerce's own ones and the scores:
 *
 * 1. x_m = G(x_c, noise), a network of one hidden layer.
 * 2. Its loss is |f(x_m, x_c) − logit|² through the known model f, over the variance of the logits,
 *    plus a penalty on large guesses (the paper bounds their variance).
 * 3. Adam on G; the guess is the mean over draws of the noise.
 *
 * Deviations from the paper: logits instead of probabilities, tanh, and the seen logits join the
 * generator's inputs: the adversary has them.
 */
export const generativeRegression: ReleasedModelAttack = {
  about,
  on: (model) => ({
    about,
    run(view, truth, { seed }) {
      const scored = scoredRows(view);
      if (scored === undefined) return notApplicable(about, "the view has no scores");
      const d = (model.layers[0]?.inputs ?? 0) - scored.own.cols;
      if (d < 1) return notApplicable(about, "the model has no columns of media's");
      const next = uniforms(`generative regression ${seed}`);
      const rows = permutation(next, scored.positions.length).slice(0, MOST_ROWS).sort();
      const own = rowsOf(scored.own, rows);
      const logits = rowsOf(scored.logits, rows);
      const values = generate(model, { own, logits, d, next });
      const positions = rows.map((row) => at(scored.positions, row));
      return scoreGuesses(about, truthOf(truth, positions), [{ tensor: "scores", values }]);
    },
  }),
};

interface Seen {
  readonly own: RealMatrix;
  readonly logits: RealMatrix;
  /** Columns to find. */
  readonly d: number;
  readonly next: Uniform;
}

function generate(model: ReleasedModel, { own, logits, d, next }: Seen): RealMatrix {
  const { mean, deviation } = moments(logits);
  const scaled = {
    ...logits,
    values: logits.values.map(
      (value, i) => (value - at(mean, i % logits.cols)) / (deviation[i % logits.cols] ?? 1),
    ),
  };
  const context = joined(own, scaled);
  const generator = new SmallNetwork([context.cols + d, HIDDEN, d], next);
  const noisy = (rows: RealMatrix): RealMatrix =>
    joined(rows, matrix(rows.rows, d, normals(next, rows.rows * d)));
  for (let step = 0; step < STEPS; step++) {
    const batch = Uint32Array.from({ length: Math.min(BATCH, own.rows) }, () =>
      Math.floor(next() * own.rows),
    );
    const guess = generator.forward(noisy(rowsOf(context, batch)));
    const known = rowsOf(own, batch);
    const seen = rowsOf(logits, batch);
    const off = model.logits(guess, known);
    off.values.forEach((value, i) => {
      const variance = (deviation[i % off.cols] ?? 1) ** 2;
      off.values[i] = (value - at(seen.values, i)) / variance / batch.length;
    });
    const gradient = model.gradient(guess, known, off);
    addScaled(gradient.values, 0, PRIOR / batch.length, guess.values, 0, guess.values.length);
    generator.learn(gradient, RATE * (1 - step / STEPS) + 1e-5);
  }
  const sum = matrix(own.rows, d);
  for (let draw = 0; draw < DRAWS; draw++) {
    const guess = generator.forward(noisy(context));
    addScaled(sum.values, 0, 1 / DRAWS, guess.values, 0, guess.values.length);
  }
  return sum;
}
