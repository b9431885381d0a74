import { at } from "@moongate/errors";
import { createHash } from "node:crypto";
import { type PooledRows, pooledRows, trainTwin } from "@moongate/federation";
import type { Plan } from "@moongate/messages";
import { discreteGaussianNoise, keyedWords } from "@moongate/mpc";
import { membership, type MembershipResult } from "../attacks/membership/lira.ts";
import type { AttackOutcome } from "../grid/unit.ts";
import type { LabTable } from "../tables/table.ts";
import type { Attempt } from "./attempt.ts";
import { outcomeOf } from "./outcome.ts";

/** The most rows of the pool; half of them are in each model. */
const MOST_ROWS = 4000;
/** Epochs in which a model of far fewer rows than columns learns them by heart. */
const BY_HEART_EPOCHS = 60;
/** The number of the control's models, which are small. */
const CONTROL_MODELS = 16;

export interface Members {
  readonly outcome: AttackOutcome;
}

/**
 * Membership of the training rows of a released model, by models of the same plan in the clear,
 * which the twin trains as the masked session would. Of a noisy plan they have one party's noise:
 * the claim is about that alone, since the other party knows its own.
 *
 * It brings its control, what the same attack finds where it must find much: of
 * models of the same kind without noise or decay, on half as many rows of the same table as it has
 * columns, with labels drawn by a coin. Nothing can be learnt of a coin, so whatever such a model
 * knows it knows of its rows by heart (Zhang et al., "Understanding Deep Learning Requires
 * Rethinking Generalization", ICLR 2017, arXiv 1611.03530).
 */
export async function tellMembers(plan: Plan, table: LabTable, models: number): Promise<Members> {
  const joint = await pooledRows({ plan, ...table });
  const result = await lira(plan, joint, Math.min(joint.rows.train, MOST_ROWS), models);
  const control = await lira(
    byHeart(plan),
    withCoins(joint, plan.seed),
    fewRows(joint),
    CONTROL_MODELS,
  );
  const attack = { about: result.about, run: () => result };
  const attempt: Attempt = {
    ...{ attack, adversary: "outsider" },
    run: () => Promise.resolve({ attempt, result }),
  };
  return { outcome: outcomeOf({ attempt, result, control }) };
}

/** The plan of a model that knows its rows: no noise, no decay, many passes. */
function byHeart({ dp: _, ...plan }: Plan): Plan {
  const model = { ...plan.model, epochs: BY_HEART_EPOCHS, weightDecay: 0 };
  return { ...plan, model: { ...model, batchSize: "auto", learningRate: 0.1 } };
}

/** Each of so few rows can be fitted, whatever its label: each model has half of them. */
const fewRows = ({ media, commerce, rows }: PooledRows): number =>
  Math.min(rows.train, Math.max(8, Math.floor((media.cols + commerce.cols) / 2)));

function withCoins(joint: PooledRows, seed: string): PooledRows {
  const coin = (index: number): number =>
    at(createHash("sha256").update(`moongate/1 coin ${seed} ${index}`).digest(), 0) % 2;
  const labels = joint.labels.slice();
  const drawn = labels.subarray(0, fewRows(joint) * (labels.length / joint.ids.length));
  drawn.forEach((_, index) => {
    drawn[index] = coin(index);
  });
  return { ...joint, labels };
}

/** The attack on models of the first rows of the pool. */
async function lira(
  plan: Plan,
  joint: PooledRows,
  rows: number,
  models: number,
): Promise<MembershipResult> {
  const count = plan.labels.length;
  const labels = joint.labels.subarray(0, rows * count);
  const ofRows = (values: ArrayLike<number>, order: Iterable<number>): number[] =>
    Array.from(order).flatMap((row) =>
      Array.from({ length: count }, (_, label) => at(values, row * count + label)),
    );
  const sides = [joint.media, joint.commerce].map((own) => ({
    cols: own.cols,
    values: own.rows(0, rows),
  }));
  return membership({
    ...{ rows, labels, models, seed: plan.seed },
    train: async (inside, seed) => {
      // The rows that the model learns, then everyone, to be scored.
      const order = Uint32Array.from([...inside, ...Array(rows).keys()]);
      const [media, commerce] = sides.map((side) => arranged(side, order));
      if (media === undefined || commerce === undefined) throw new Error("there are two sides");
      const key = createHash("sha256").update(`noise of ${seed}`).digest();
      const noises = plan.dp === undefined ? undefined : [discreteGaussianNoise(keyedWords(key))];
      const scores = await trainTwin(
        { ...plan, seed },
        { train: inside.length, validation: 0, test: rows },
        { media, commerce },
        Uint8Array.from(ofRows(labels, order)),
        noises,
      );
      return (asked) => Float64Array.from(ofRows(scores.test, asked));
    },
  });
}

function arranged(
  { cols, values }: { readonly cols: number; readonly values: Float64Array },
  order: Uint32Array,
) {
  return {
    cols,
    rows: (from: number, to: number): Float64Array => {
      const out = new Float64Array((to - from) * cols);
      order.subarray(from, to).forEach((row, index) => {
        out.set(values.subarray(row * cols, (row + 1) * cols), index * cols);
      });
      return out;
    },
  };
}
