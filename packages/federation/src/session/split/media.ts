import { mediaHalf } from "@moongate/learning";
import { embedRows } from "./score-rows.ts";
import { finite } from "./finite.ts";
import { receiveRows, sendRows } from "./frames.ts";
import { startSeedOf } from "./key.ts";
import { splitSteps } from "./plan.ts";
import type { SplitTraining } from "./training.ts";
import type { DenseLayer } from "@moongate/learning";
import type { MediaDefence } from "@moongate/defences";
import type { Dishonesty } from "../../dishonest.ts";

/**
 * Media's part of a split training: see `trainSplit` for the steps.
 * @param alter what the lab's dishonest media makes of its own gradients.
 * @returns its half's layers.
 */
export async function mediaPart(
  t: SplitTraining,
  { embedding: defence }: MediaDefence,
  alter?: Dishonesty,
): Promise<readonly DenseLayer[]> {
  const { engine, plan, width, inner, sent, rows, features, own, view, lines } = t;
  const { ledger, progress } = t;
  const { train } = rows;
  const half = mediaHalf({
    ...{ engine, plan, width, seed: startSeedOf(t.key), alter },
    onRunaway: t.onRunaway,
  });
  const { cut } = half;
  if (alter !== undefined) {
    progress.note("This media is dishonest: it alters its own gradients.");
    view?.dishonest();
  }

  for (const { step, total, rows: batch, rate } of splitSteps(plan, train)) {
    const n = batch.length;
    const columns = own.gather(batch);
    const bare = finite(half.forward(columns, n));
    const defended = finite(defence?.apply?.(bare, { rows: n, cut }) ?? bare);
    view?.batch(step, batch);
    view?.rows("own/embedding", "own", cut, defended);
    await sendRows(inner, "embed", defended, sent);
    ledger.add(lines.embeddings(n));

    const gradient = await receiveRows(inner, "grad", { rows: n, cut }, t.patience(step));
    inner.meter.countRound();
    view?.rows("cut-gradient", "received", cut, gradient);
    ledger.add(lines.gradients(n));

    const extra = defence?.penalty?.(columns, bare, { rows: n, cols: own.cols, cut });
    half.backward(gradient, rate, extra);
    progress.step(step + 1, total);
  }
  view?.endTraining();
  view?.bottom(half.layers);
  progress.start("evaluation");

  for (const { what, from, to, onRows } of t.heldOut()) {
    await embedRows(half, { inner, sent, features, from, to, view, onRows }, defence);
    for (const line of lines.heldOut(what, to - from)) ledger.add(line);
  }
  return half.layers;
}
