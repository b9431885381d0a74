import { randomBytes } from "node:crypto";
import { commerceHalf, cutWidth, mediaHalf } from "@moongate/learning";
import type { PredictionPlan } from "@moongate/messages";
import type { PredictionOptions } from "../options.ts";
import type { Channel } from "./channel.ts";
import type { Joined } from "./join.ts";
import type { JointRows, Session } from "./session.ts";
import { mediaSteps } from "./split/defences.ts";
import { NOISE_KEY_BYTES } from "./split/key.ts";
import { splitLines } from "./split/lines.ts";
import { splitPlanOf } from "./split/plan.ts";
import { restoreLayers } from "./split/saved.ts";
import { embedRows, scoreRows } from "./split/score-rows.ts";

/** Runs step 5 of `trainSplit` on new rows, with the halves that training left. */
export async function scoreSplit(
  session: Session<PredictionOptions>,
  { plan }: Joined<PredictionPlan>,
  { inner }: Channel,
  { rows, width, features }: JointRows,
): Promise<Float64Array | undefined> {
  const { options, progress, ledger, timeouts } = session;
  const engine = await session.engine.load();
  const network = splitPlanOf(plan, rows.test);
  const half = { engine, plan: network, width };
  const scored = {
    ...{ inner, features, from: 0, to: rows.test, view: undefined },
    onRows: (done: number) => {
      progress.step(done, rows.test);
    },
  };
  const lines = splitLines(plan.defence, cutWidth(network), network.labels);
  const disclosed = lines.heldOut("new", rows.test);
  if (options.role === "media") {
    const own = mediaHalf(half);
    restoreLayers(own.layers, options.model.parameters);
    // Fresh noise every time: the same noise on other rows would show their differences.
    const { embedding } = mediaSteps(options, plan.defence, randomBytes(NOISE_KEY_BYTES));
    await embedRows(own, scored, embedding);
    for (const line of disclosed) ledger.add(line);
    return undefined;
  }
  const own = commerceHalf(half);
  restoreLayers(own.layers, options.model.parameters);
  const limits = { labels: network.labels, timeoutMs: timeouts.workMs };
  const logits = await scoreRows(own, scored, limits);
  for (const line of disclosed) ledger.add(line);
  return logits;
}
