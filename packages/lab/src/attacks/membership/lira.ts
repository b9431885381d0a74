import { at, MoongateError } from "@moongate/errors";
import type { About, AttackResult } from "../attack.ts";
import { LeakMeter } from "../leak.ts";
import { permutation, uniforms } from "@moongate/statistics";
import { type Outcome, tprAt } from "./bounds.ts";

export const membershipAbout: About = {
  name: "lira",
  title: "Likelihood-ratio membership attack (LiRA)",
  adversary: "outsider",
  target: "membership",
  knows: "the released model's logits of the rows in question, and data to train shadow models on",
  paper: "Carlini, Chien, Nasr, Song, Terzis, Tramèr, IEEE S&P 2022, arXiv 2112.03570",
};

/** Logits of rows of the pool, row-major |rows| × labels. */
export type Scorer = (rows: Uint32Array) => Float64Array;

export interface MembershipOptions {
  /**
   * Trains a model of the attacked kind on rows of the pool, noise and all, and gives it to score.
   * @param seed another for every model.
   */
  readonly train: (rows: Uint32Array, seed: string) => Promise<Scorer> | Scorer;
  /** Rows of the pool; half of them are in each model. */
  readonly rows: number;
  /** The labels of all rows, row-major rows × labels, 0 or 1. */
  readonly labels: Uint8Array;
  /** Models in all, at least 4 and even: each is a target once, and the other pairs its shadows. */
  readonly models?: number;
  /** Targets, if not all models. */
  readonly targets?: number;
  readonly seed: string;
}

export interface MembershipResult extends AttackResult {
  /** Every guess: rows of the first target, then the next. */
  readonly outcomes: readonly Outcome[];
}

/** The number of models below which one spread serves all rows (Carlini et al., section VI). */
const FEW_MODELS = 64;

/**
 * Who was in the training data, told by a released model:
 *
 * 1. Models are trained in pairs: one on a random half of the pool, the other on the other half. So
 *    all have as many rows (but for one, of an odd pool), and every row is in half of the models.
 * 2. φ = logit of the row's true label by a model: near normal over models (for several labels, one
 *    each).
 * 3. Of each row, normal distributions of φ over the shadows that had it and over those that had
 *    not; with few models one variance for all rows. Shadows are all pairs but the target's own,
 *    so as many had the row as had not: were one mean the less exact, members would look like
 *    others.
 * 4. score = log density of the target's φ with it − without it, added over labels.
 *
 * Leak AUC a target, and over targets `tpr 0.1%` and `tpr 1%` (the share of members found at that
 * false-positive rate) and `accuracy` at the best threshold.
 *
 * @throws MoongateError INTERNAL for fewer than four models, or an odd number.
 */
export async function membership(options: MembershipOptions): Promise<MembershipResult> {
  const { rows, labels, seed, models = 32 } = options;
  const cols = labels.length / rows;
  const members = memberships(rows, models, seed);
  const confidences: Float64Array[] = [];
  const everyone = Uint32Array.from({ length: rows }, (_, row) => row);
  for (const [index, member] of members.entries()) {
    const inside = everyone.filter((row) => member[row] === 1);
    const logits = (await options.train(inside, `${seed} model ${index}`))(everyone);
    confidences.push(logits.map((logit, position) => (labels[position] === 1 ? logit : -logit)));
  }

  const meter = new LeakMeter();
  const targets = Math.min(options.targets ?? models, models);
  const perTarget = Array.from({ length: targets }, (_, target): Outcome[] => {
    const scores = scoresOf(target, members, confidences, cols);
    const member = members[target] ?? new Uint8Array();
    meter.add(everyone, scores, member);
    return Array.from(scores, (score, row) => ({ score, member: member[row] === 1 }));
  });
  const average = (of: (outcomes: readonly Outcome[]) => number): number =>
    perTarget.reduce((sum, outcomes) => sum + of(outcomes), 0) / targets;
  const outcomes = perTarget.flat();
  return {
    about: membershipAbout,
    applicable: true,
    leak: meter.leak(),
    steps: targets,
    outcomes,
    details: {
      "tpr 0.1%": average((of) => tprAt(of, 0.001)),
      "tpr 1%": average((of) => tprAt(of, 0.01)),
      accuracy: average(bestAccuracy),
      models,
    },
  };
}

/** The rows of each model, 1 for one that it has; the two models of a pair complement each other. */
function memberships(rows: number, models: number, seed: string): Uint8Array[] {
  if (models < 4 || models % 2 !== 0) {
    throw new MoongateError("INTERNAL", `${models} models are no pairs, or too few to compare`);
  }
  const next = uniforms(`membership ${seed}`);
  return Array.from({ length: models / 2 }, () => {
    const [one, other] = [new Uint8Array(rows), new Uint8Array(rows).fill(1)];
    for (const row of permutation(next, rows).subarray(0, Math.floor(rows / 2))) {
      [one[row], other[row]] = [1, 0];
    }
    return [one, other];
  }).flat();
}

const pairOf = (model: number): number => Math.floor(model / 2);

function scoresOf(
  target: number,
  members: readonly Uint8Array[],
  confidences: readonly Float64Array[],
  cols: number,
): Float64Array {
  const own = at(confidences, target);
  const rows = own.length / cols;
  const shadows = [...members.keys()].filter((index) => pairOf(index) !== pairOf(target));
  const [without = [], having = []] = [0, 1].map((side) =>
    distributions(
      Array.from(own, (_, position) =>
        shadows
          .filter((shadow) => members[shadow]?.[Math.floor(position / cols)] === side)
          .map((shadow) => at(at(confidences, shadow), position)),
      ),
      shadows.length,
    ),
  );
  const scores = new Float64Array(rows);
  own.forEach((value, position) => {
    const row = Math.floor(position / cols);
    const ratio = logDensity(value, having[position]) - logDensity(value, without[position]);
    scores[row] = at(scores, row) + ratio;
  });
  return scores;
}

interface Normal {
  readonly mean: number;
  readonly variance: number;
}

function distributions(values: readonly (readonly number[])[], shadows: number): Normal[] {
  const each = values.map((of) => {
    const mean = of.reduce((sum, value) => sum + value, 0) / Math.max(1, of.length);
    const squares = of.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    return { mean, squares, freedom: Math.max(0, of.length - 1) };
  });
  const squares = each.reduce((sum, of) => sum + of.squares, 0);
  const freedom = each.reduce((sum, of) => sum + of.freedom, 0);
  const common = squares / Math.max(1, freedom) + 1e-12;
  return each.map((of) => ({
    mean: of.mean,
    variance: shadows < FEW_MODELS ? common : of.squares / Math.max(1, of.freedom) + 1e-12,
  }));
}

function logDensity(value: number, normal: Normal | undefined): number {
  if (normal === undefined) return 0;
  return -((value - normal.mean) ** 2) / (2 * normal.variance) - Math.log(normal.variance) / 2;
}

/** The accuracy of the best threshold, with members and others weighing the same. */
function bestAccuracy(outcomes: readonly Outcome[]): number {
  const members = outcomes.reduce((sum, { member }) => sum + Number(member), 0);
  const others = Math.max(1, outcomes.length - members);
  let [advantage, best] = [0, 0];
  const sorted = outcomes.toSorted((a, b) => b.score - a.score);
  sorted.forEach(({ score, member }, position) => {
    advantage += member ? 1 / Math.max(1, members) : -1 / others;
    if (sorted[position + 1]?.score !== score) best = Math.max(best, advantage);
  });
  return (1 + best) / 2;
}
