import { randomBytes } from "node:crypto";
import type { Phase, Plan } from "@moongate/messages";
import { trainingPlanOf } from "@moongate/messages";
import {
  maskedTraining,
  SECRET_BYTES,
  type TrainingOutcome,
  type TrainingPhase,
} from "@moongate/mpc";
import type { SavedParameter } from "../model/share-tag.ts";
import type { Channel } from "./channel.ts";
import type { Connected } from "./connect.ts";
import type { Joined } from "./join.ts";
import { partyMachine } from "./party-machine.ts";
import type { Prepared } from "./prepare.ts";
import type { Session } from "./session.ts";

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

/** What a training leaves at a party. */
export interface Trained {
  /** Logits, at commerce. */
  readonly scores: TrainingOutcome["scores"];
  readonly parameters: readonly SavedParameter[];
  /** What the masks of scoring by this model are derived of. */
  readonly secret: Uint8Array;
}

/**
 * The masked program: columns cross once under their masks, the steps are trained, scores of
 * validation and test rows are revealed to commerce with a ledger line.
 */
export async function train(
  session: Session,
  connected: Connected,
  joined: Joined<Plan>,
  channel: Channel,
  { features, labels, rows, width }: Prepared,
): Promise<Trained> {
  const { role, progress } = session;
  const secret = randomBytes(SECRET_BYTES);
  const machine = await partyMachine(session, connected, joined, channel, secret);
  try {
    const { parameters, scores } = await maskedTraining(machine, {
      plan: trainingPlanOf(joined.plan, rows, width),
      inputs: {
        features: { [role]: features },
        ...(labels === undefined ? {} : { labels }),
      },
      onProgress: (part, done, total) => {
        progress.start(PHASE_OF[part]);
        progress.step(done, total);
        if (done === total) progress.start(NEXT[part]);
      },
    });
    const saved = Object.entries(parameters).map(([name, part]) => {
      const { rows: height, cols, scale } = part;
      return { name, rows: height, cols, scale, words: machine.save(part) };
    });
    return { scores, parameters: saved, secret };
  } finally {
    machine.close();
  }
}
