import type { DefencePlan } from "@moongate/catalogue";
import { commerceDefence } from "@moongate/defences";
import { at } from "@moongate/errors";
import { type AttackResult, direction, norm, spectral } from "@moongate/lab/labels";
import {
  commerceHalf,
  type Engine,
  mediaHalf,
  shuffledBatches,
  type SplitPlan,
  splitRates,
} from "@moongate/learning/split";
import { makePlan } from "@moongate/messages";
import { auc } from "@moongate/statistics";
import { MemoryView } from "@moongate/views";
import type { JointTables } from "../session/joint-tables.ts";

const LABEL = "bought";

/** What one split training came to. */
export interface SplitOutcome {
  /** Test AUC of the joint model. */
  readonly auc: number;
  /** Logits of the test rows. */
  readonly testScores: Float64Array;
  /** Every attack of media's on the labels, by what it was sent. */
  readonly attacks: readonly AttackResult[];
  /** Leak AUC of the attack that found most. */
  readonly leak: number;
  /** Embeddings up and gradients down. */
  readonly bytes: number;
  readonly steps: number;
}

/** What commerce sends back in one step, and the labels that it keeps. */
export interface SentGradient {
  readonly rows: ArrayLike<number>;
  readonly labels: Uint8Array;
  /** Row-major rows × cut. */
  readonly gradient: Float32Array;
  readonly cut: number;
}

/** Media's attacks on what crosses; each is the lab's own. */
const ATTACKS = [norm, direction, spectral];

export const SPLIT_PLAN: Omit<SplitPlan, "seed"> = {
  kind: "relu",
  hidden: 8,
  tower: 8,
  labels: 1,
  epochs: 5,
  batchSize: 64,
  learningRate: 0.05,
  weightDecay: 0.001,
};

/** The table of fences: few rows to train on, so that it is quick, and many to test on. */
export const FENCED_TABLE = {
  seed: "moongate",
  users: 6000,
  conversion: "store_order",
  few: { train: 1200 },
} as const;

/**
 * Split learning with a defence, and media's attacks on what it was sent, by the libraries' own code:
 *
 * 1. Commerce replaces its labels where the plan says so, once.
 * 2. Each step media sends embeddings, commerce learns and sends back what its defence makes of the
 *    gradients, and media learns from that.
 * 3. All that media received lies in a view, as a recorded session's does; the attacks read it.
 */
export async function trainSplit(
  engine: Engine,
  tables: JointTables,
  defences: DefencePlan,
  noiseKey: Uint8Array,
  seed: string,
  onSent: (sent: SentGradient) => void = () => undefined,
): Promise<SplitOutcome> {
  const plan = { ...SPLIT_PLAN, seed };
  const { rows, width, features, labels } = tables;
  const { train, validation } = rows;
  const media = mediaHalf({ engine, plan, width, seed: `${seed} media` });
  const commerce = commerceHalf({ engine, plan, width, seed: `${seed} commerce` });
  const defence = commerceDefence(defences, noiseKey);
  const own = labels.subarray(0, train);
  const targets = (await defence.labels?.targets(own, 1, train)) ?? Float32Array.from(own);
  const view = new MemoryView({
    process: "media",
    plan: makePlan("workshop", [LABEL], { protocol: "split", defence: defences }),
    rows,
    width,
  });

  const rateOf = splitRates(plan, train);
  let [step, bytes] = [0, 0];
  for (let epoch = 0; epoch < plan.epochs; epoch++) {
    for (const batch of shuffledBatches(seed, train, plan.batchSize)(epoch)) {
      const rate = rateOf(step);
      const embeddings = media.forward(taken(features.media, width.media, batch), batch.length);
      const gradient = commerce.step(
        {
          features: taken(features.commerce, width.commerce, batch),
          embeddings,
          targets: Float32Array.from(batch, (row) => at(targets, row)),
        },
        rate,
      );
      const crossing =
        defence.gradient?.apply(gradient, {
          rows: batch,
          labels: Uint8Array.from(batch, (row) => at(own, row)),
          labelCount: 1,
          cut: commerce.cut,
        }) ?? gradient;
      media.backward(crossing, rate);
      onSent({
        rows: batch,
        labels: Uint8Array.from(batch, (row) => at(own, row)),
        gradient: crossing,
        cut: commerce.cut,
      });
      bytes += embeddings.byteLength + crossing.byteLength;
      const shape = { step, rows: batch.length };
      const rowNumbers = Uint32Array.from(batch);
      view.add(
        { ...shape, name: "batch", source: "public", cols: 1, element: "u32" },
        new Uint8Array(rowNumbers.buffer),
      );
      view.add(
        { ...shape, name: "cut-gradient", source: "received", cols: commerce.cut, element: "f32" },
        bytesOf(crossing),
      );
      step += 1;
    }
  }

  const all = train + validation + rows.test;
  const scores = commerce.scores(features.commerce, media.embed(features.media, all));
  const testScores = scores.subarray(train + validation);
  const truth = { labels: { values: labels, names: [LABEL] } };
  const attacks: AttackResult[] = [];
  for (const attack of ATTACKS) attacks.push(await attack.run(view, truth, { seed }));
  return {
    auc: auc(testScores, labels.subarray(train + validation)),
    testScores,
    attacks,
    leak: Math.max(...attacks.flatMap(({ leak }) => (leak === undefined ? [] : [leak.mean]))),
    bytes,
    steps: step,
  };
}

/** Commerce alone: the same training, with columns of zeros in media's place. */
export const floorOf = (engine: Engine, tables: JointTables, seed: string): Promise<SplitOutcome> =>
  trainSplit(
    engine,
    {
      ...tables,
      features: { ...tables.features, media: new Float64Array(tables.features.media.length) },
    },
    {},
    new Uint8Array(32),
    seed,
  );

/** These rows of a row-major table, in their order. */
function taken(values: Float64Array, width: number, rows: Uint32Array): Float64Array {
  const out = new Float64Array(rows.length * width);
  rows.forEach((row, place) => {
    out.set(values.subarray(row * width, (row + 1) * width), place * width);
  });
  return out;
}

const bytesOf = (values: Float32Array): Uint8Array =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
