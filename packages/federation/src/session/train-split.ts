import { randomBytes } from "node:crypto";
import { cutWidth } from "@moongate/learning";
import { SECRET_BYTES } from "@moongate/mpc";
import { commercePart } from "./split/commerce.ts";
import { noiseFingerprint, requireSameNoise } from "./split/noise-fingerprint.ts";
import { commerceSteps, mediaSteps } from "./split/defences.ts";
import { saveNoise } from "./split/saved-noise.ts";
import { noiseKey, startSeedOf } from "./split/key.ts";
import { splitLines } from "./split/lines.ts";
import { mediaPart } from "./split/media.ts";
import { splitPlanOf } from "./split/plan.ts";
import { ownTable } from "./split/rows.ts";
import { savedLayers } from "./split/saved.ts";
import { SentFrames } from "./split/sent-frames.ts";
import { stageModel } from "./split/stage-model.ts";
import { heldOutRows, type SplitTraining } from "./split/training.ts";
import type { Session } from "./session.ts";
import type { Trained, Training } from "./training.ts";
import { arrangedIds } from "./align.ts";

const RAN_AWAY =
  "training ran away, and this half learns nothing more: the model is of no use. Lower the learning rate.";

/**
 * Split learning with two owners of columns (Gupta and Raskar 2018, arXiv 1810.06060; Vepakomma
 * et al. 2018, arXiv 1812.00564): what the masked protocol is compared with. What crosses is
 * sealed from the coordinator, and from it alone.
 *
 * Before training, a party that was given a run's noise key checks that its noise would be added to
 * the same inputs as then; commerce may replace its labels by a defence's.
 * Each step, on the rows of the public schedule:
 * 1. Media computes the embeddings of its columns, defends them, and sends them.
 * 2. Commerce adds its own at the cut layer, finds the loss, and moves its layers.
 * 3. Commerce defends the gradient of each row's loss by the cut layer, and sends it.
 * 4. Media adds the gradient of its defence's penalty, if it has one, and moves its layers.
 * After the last step:
 * 5. Media sends the embeddings of validation and test rows; commerce scores them.
 *
 * @throws MoongateError REPEAT_MISMATCH before anything crosses that did not cross in the run whose
 *   noise key was given.
 */
export async function trainSplit(session: Session, training: Training): Promise<Trained> {
  const { options, run, progress, ledger, timeouts } = session;
  const { joined, channel, arrangement, prepared, view } = training;
  const { rows, width, features } = prepared;
  const { defence } = joined.plan;
  progress.start("training");
  const engine = await session.engine.load();
  const { hooks, repeat } = options;
  const key = noiseKey(repeat?.key ?? hooks?.noiseKey);
  const plan = splitPlanOf(joined.plan, rows.train);
  const own = ownTable(features, rows.train);
  const fingerprint = noiseFingerprint(key, {
    ...{ plan: joined.plan, rows, features, own },
    ids: arrangedIds(options.data.ids, joined.plan, arrangement),
    labels: prepared.labels?.subarray(0, rows.train * plan.labels),
  });
  if (repeat !== undefined) requireSameNoise(fingerprint, repeat.fingerprint);
  const sent = new SentFrames(key, repeat?.sent);
  let ranAway = false;
  const common: SplitTraining = {
    ...{ engine, plan, width, rows, features, own, key, sent, ledger, progress, view },
    inner: channel.inner,
    lines: splitLines(defence, cutWidth(plan), plan.labels),
    patience: (step) => (step === 0 ? timeouts.workMs : timeouts.messageMs),
    heldOut: () => heldOutRows(rows, progress),
    onRunaway: () => {
      ranAway = true;
      progress.note(RAN_AWAY);
    },
  };
  const secret = randomBytes(SECRET_BYTES);
  if (options.role === "media") {
    const layers = await mediaPart(common, mediaSteps(options, defence, key), hooks?.dishonest);
    await saveNoise(run, { key, fingerprint, sent: sent.tags });
    return { parameters: savedLayers(layers), secret, scores: undefined };
  }
  const stage = stageModel(engine, plan, own, startSeedOf(key));
  const steps = commerceSteps(options, defence, key, stage);
  const labels = prepared.labels ?? new Uint8Array();
  const { layers, scores } = await commercePart(common, labels, steps);
  await saveNoise(run, { key, fingerprint, sent: sent.tags });
  return { parameters: savedLayers(layers), secret, scores, ranAway };
}
