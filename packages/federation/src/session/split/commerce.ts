import { commerceHalf, type DenseLayer } from "@moongate/learning";
import type { CommerceDefence } from "@moongate/defences";
import type { PartitionLogits } from "../../baseline.ts";
import { finite } from "./finite.ts";
import { receiveRows, sendRows } from "./frames.ts";
import { startSeedOf } from "./key.ts";
import { splitSteps } from "./plan.ts";
import { pick } from "./rows.ts";
import { scoreRows } from "./score-rows.ts";
import type { SplitTraining } from "./training.ts";

/** Commerce's part of a split training: see `trainSplit` for the steps. */
export async function commercePart(
  t: SplitTraining,
  labels: Uint8Array,
  defence: CommerceDefence,
): Promise<{ readonly layers: readonly DenseLayer[]; readonly scores: PartitionLogits }> {
  const { engine, plan, width, inner, rows, features, own, view, lines, ledger, progress } = t;
  const { train } = rows;
  const count = plan.labels;
  const half = commerceHalf({
    ...{ engine, plan, width, seed: startSeedOf(t.key) },
    onRunaway: t.onRunaway,
  });
  const { cut } = half;
  const truth = labels.subarray(0, train * count);
  const targets = (await defence.labels?.targets(truth, count, train)) ?? Float32Array.from(truth);

  for (const { step, total, rows: batch, rate } of splitSteps(plan, train)) {
    const n = batch.length;
    const embeddings = await receiveRows(inner, "embed", { rows: n, cut }, t.patience(step));
    view?.batch(step, batch);
    view?.rows("embedding", "received", cut, embeddings);
    ledger.add(lines.embeddings(n));

    const example = {
      features: own.gather(batch),
      embeddings,
      targets: pick(targets, count, batch),
    };
    const bare = finite(half.step(example, rate));
    const defended =
      defence.gradient?.apply(bare, {
        rows: batch,
        labels: pick(truth, count, batch),
        labelCount: count,
        cut,
      }) ?? bare;
    // −0 becomes 0: where weights or a defence make nothing of a gradient, the sign that stays with
    // the zero is that of its label.
    const sent = finite(defended.map((value) => value + 0));
    view?.rows("own/cut-gradient", "own", cut, sent);
    await sendRows(inner, "grad", sent, t.sent);
    inner.meter.countRound();
    ledger.add(lines.gradients(n));
    progress.step(step + 1, total);
  }
  view?.endTraining();
  progress.start("evaluation");

  const logits: Float64Array[] = [];
  for (const { what, from, to, onRows } of t.heldOut()) {
    const timeoutMs = t.patience(0);
    const scored = { inner, features, from, to, view, onRows };
    logits.push(await scoreRows(half, scored, { labels: count, timeoutMs }));
    for (const line of lines.heldOut(what, to - from)) ledger.add(line);
  }
  const [validation = new Float64Array(), test = new Float64Array()] = logits;
  view?.scores({ validation, test }, count, "computed");
  return { layers: half.layers, scores: { validation, test } };
}
