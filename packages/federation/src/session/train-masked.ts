import { randomBytes } from "node:crypto";
import type { Phase } from "@moongate/telemetry";
import { trainingPlanOf } from "@moongate/messages";
import { maskedTraining, SECRET_BYTES, type TrainingPhase } from "@moongate/mpc";
import { requireMeaningfulDelta } from "./require-meaningful-delta.ts";
import { arrangedIds, usersOf } from "./align.ts";
import { partyMachine } from "./party-machine.ts";
import { slotUsers } from "./slot-users.ts";
import type { Session } from "./session.ts";
import type { Trained, Training } from "./training.ts";
import { boundedFeatures } from "../data.ts";

const PHASE_OF: Readonly<Record<TrainingPhase, Phase>> = {
  mask: "masking",
  train: "training",
  score: "evaluation",
};
const NEXT: Readonly<Record<TrainingPhase, Phase>> = {
  mask: "training",
  train: "evaluation",
  score: "evaluation",
};

/**
 * The masked program: columns cross once under their masks, the steps are trained, scores of
 * validation and test rows are revealed to commerce with a ledger line.
 */
export async function trainMasked(session: Session, training: Training): Promise<Trained> {
  const { connected, joined, channel, prepared, view } = training;
  const { features, labels, rows, width, hidden } = prepared;
  const { role, progress } = session;
  requireMeaningfulDelta(joined.plan, rows.train);
  progress.start("masking");
  const secret = session.options.hooks?.drawn?.secret ?? randomBytes(SECRET_BYTES);
  const machine = await partyMachine(session, connected, joined, channel, secret, view);
  try {
    const { parameters, scores, looks, chosen } = await maskedTraining(machine, {
      plan: trainingPlanOf(joined.plan, rows, width, hidden?.overlap),
      inputs: {
        features: { [role]: boundedFeatures(features) },
        labels,
        slots: hidden && { [role]: hidden.owned },
        users: hidden
          ? slotUsers(channel.pairKey)
          : usersOf(arrangedIds(session.options.data.ids, joined.plan, training.arrangement)),
      },
      onBatch: (step, batch) => view?.batch(step, batch),
      onProgress: (part, done, total) => {
        progress.start(PHASE_OF[part]);
        progress.step(done, total);
        if (done < total) return;
        progress.start(NEXT[part]);
        if (part === "train") view?.endTraining();
      },
    });
    if (scores !== undefined) view?.scores(scores, joined.plan.labels.length, "opened");
    const saved = Object.entries(parameters).map(([name, part]) => {
      const { rows: height, cols, scale } = part;
      return { name, rows: height, cols, scale, words: machine.save(part) };
    });
    return { scores, looks, chosen, parameters: saved, secret };
  } finally {
    machine.close();
  }
}
