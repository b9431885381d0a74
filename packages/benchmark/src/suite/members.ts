import { createHash } from "node:crypto";
import type { AttackOutcome } from "../grid/unit.ts";
import type { LabTable } from "../tables/table.ts";
import type { Plan } from "@moongate/messages";
import { discreteGaussianNoise, keyedWords } from "@moongate/mpc";
import { membership } from "@moongate/privacy/attacks";
import { pooledRows, trainTwin } from "@moongate/federation";
import type { Attempt } from "./attempts.ts";
import { outcomeOf } from "./outcome.ts";

/** Of the pool, at most: half of them are in each model. */
const MOST_ROWS = 4000;

export interface Members {
  readonly outcome: AttackOutcome;
  /** 95% lower bound on ε; undefined for a plan without a claim. */
  readonly lowerBound: number | undefined;
}

/**
 * Membership of the training rows of a released model, by models of the same plan in the clear, which
 * the twin trains as the masked session would. Of a noisy plan they have one party's noise: the
 * claim is about that alone, since the other party knows its own.
 */
export async function tellMembers(plan: Plan, table: LabTable, models: number): Promise<Members> {
  const joint = await pooledRows({ plan, ...table });
  const rows = Math.min(joint.rows.train, MOST_ROWS);
  const count = plan.labels.length;
  const labels = joint.labels.subarray(0, rows * count);
  const ofRows = (values: ArrayLike<number>, order: Iterable<number>): number[] =>
    Array.from(order).flatMap((row) =>
      Array.from({ length: count }, (_, label) => values[row * count + label] ?? 0),
    );
  const sides = [joint.media, joint.commerce].map((own) => ({
    cols: own.cols,
    values: own.rows(0, rows),
  }));
  const result = await membership({
    ...{ rows, labels, models, seed: plan.seed },
    ...(plan.dp === undefined ? {} : { delta: plan.dp.delta }),
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
  const attack = { about: result.about, run: () => result };
  const attempt: Attempt = {
    ...{ attack, adversary: "outsider" },
    run: () => Promise.resolve({ attempt, result }),
  };
  return { outcome: outcomeOf({ attempt, result }), lowerBound: result.details?.epsilonAtLeast };
}

function arranged(
  { cols, values }: { readonly cols: number; readonly values: Float64Array },
  order: Uint32Array,
) {
  return {
    cols,
    rows: (from: number, to: number): Float64Array => {
      const out = new Float64Array((to - from) * cols);
      order.subarray(from, to).forEach((row, at) => {
        out.set(values.subarray(row * cols, (row + 1) * cols), at * cols);
      });
      return out;
    },
  };
}
