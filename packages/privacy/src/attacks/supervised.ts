import { type Matrix, matrixOf, named, type View } from "@moongate/views";
import { headScores } from "./labels/head.ts";
import { type LabelAttack, labelAttack } from "./labels/run.ts";
import { type AttackOptions, type AttackResult, type Truth } from "./attack.ts";
import type { Facts } from "./known.ts";
import { rowsOf } from "./numeric/matrices.ts";
import { lastEpoch } from "./steps.ts";

/**
 * The control of attacks on labels: a supervised model on media's own columns with the same known
 * labels, and no use of anything that came. A good joint model correlates features with labels by
 * design, so only what an attack has beyond this, the *excess leakage*, is the protocol's doing.
 * The model is the same linear head with pseudo-labels that `completion` uses. Rows are scored once,
 * in the last epoch's batches, without those that are known.
 */
export const supervised = (facts: Exclude<Facts, "none">, known: number): LabelAttack =>
  labelAttack(
    {
      name: "supervised",
      title: "Control: a model on own columns",
      adversary: "media",
      target: "labels",
      knows:
        facts === "rows"
          ? "the labels of n training rows, half of them positive, and the share of positives"
          : "n training rows that have the label",
      paper: "Fu et al., USENIX Security 2022: supervised baseline; Elkan and Noto, KDD 2008",
    },
    {
      facts,
      known,
      tensors: () => ["batch"],
      scored: lastEpoch,
      scorer: ({ view, target, known: rows }) => {
        const inputs = ownFeatures(view);
        if (inputs === undefined || rows.length === 0) return undefined;
        const { values: labels, share } = target;
        const scores = headScores({ inputs, known: rows, labels, share });
        return (step) => Float64Array.from(step.positions, (position) => scores[position] ?? 0);
      },
      otherwise: "the view has no own features, or nothing is known",
    },
  );

/** The control with the facts of an attack; undefined if it knows no labels: chance is its control. */
export function supervisedFor(
  attack: LabelAttack,
  view: View,
  truth: Truth,
  options: AttackOptions,
): AttackResult | Promise<AttackResult> | undefined {
  if (attack.facts === "none") return undefined;
  return supervised(attack.facts, attack.known).run(view, truth, options);
}

/** Media's columns of the training rows. */
function ownFeatures(view: View): Matrix | undefined {
  const [own] = named(view, "own/features");
  if (own === undefined || own.cols === 0) return undefined;
  return rowsOf(
    matrixOf(view, own),
    Uint32Array.from({ length: view.header.rows.train }, (_, i) => i),
  );
}
