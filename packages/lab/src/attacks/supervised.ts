import { at } from "@moongate/errors";
import type { View } from "@moongate/views";
import { ownColumns } from "./labels/bottom.ts";
import { headScores } from "./labels/head.ts";
import { type LabelAttack, labelAttack } from "./labels/run.ts";
import { type AttackOptions, type AttackResult, type Truth } from "./attack.ts";
import type { Facts } from "./known.ts";
import { lastEpoch } from "./steps.ts";

/**
 * The control of attacks on labels: a supervised model on media's own columns with the same known
 * labels, and no use of anything that came. A good joint model correlates features with labels by
 * design, so only what an attack has beyond this, the *excess leakage*, is the protocol's doing.
 * The model is what `completion` puts on embeddings, with the same candidates and the same choice
 * between them, here on the columns: a weaker one would count as leakage what own columns tell.
 * Rows are scored once, in the last epoch's batches, without those that are known.
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
      scorer: ({ view, target, known: rows, seed }) => {
        const inputs = ownColumns(view);
        if (inputs === undefined || rows.length === 0) return undefined;
        const { values: labels, share } = target;
        const scores = headScores(
          { inputs, known: rows, labels, share, seed: `${seed} own` },
          { linearOnly: view.header.plan.protocol === "masked" },
        );
        return (step) => Float64Array.from(step.positions, (position) => at(scores, position));
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
