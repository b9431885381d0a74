import { randomBytes } from "node:crypto";
import type { Phase } from "@moongate/messages";
import { trainingPlanOf } from "@moongate/messages";
import {
  MaskStreams,
  maskedTraining,
  PartyMachine,
  SECRET_BYTES,
  SyntheticMasks,
  type TrainingOutcome,
  type TrainingPhase,
} from "@moongate/mpc";
import type { Channel } from "./channel.ts";
import type { Connected } from "./connect.ts";
import type { Joined } from "./join.ts";
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

/** The other's masked columns stay in memory up to this size: 200,000 rows of 40 columns. */
const SPILL_ABOVE_BYTES = 64 * 2 ** 20;

/**
 * The masked program: columns cross once under their masks, the steps are trained, scores of
 * validation and test rows are revealed to commerce with a ledger line.
 */
export async function train(
  session: Session,
  { outer }: Connected,
  { plan, incarnation }: Joined,
  { inner }: Channel,
  { features, labels, rows, width }: Prepared,
): Promise<TrainingOutcome> {
  const { role, timeouts, ledger, progress, options, run } = session;
  const machine = await PartyMachine.create({
    side: role,
    pair: inner,
    dealer: outer,
    masks: new MaskStreams(outer.exportKey("dealer seed", 32), {
      session: plan.session,
      incarnation,
    }),
    synthetic: new SyntheticMasks(randomBytes(SECRET_BYTES)),
    onDisclosure: (line) => {
      ledger.add(line);
    },
    timeoutMs: timeouts.messageMs,
    spill: { directory: run.path, aboveBytes: options.spillAboveBytes ?? SPILL_ABOVE_BYTES },
  });
  try {
    return await maskedTraining(machine, {
      plan: trainingPlanOf(plan, rows, width),
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
  } finally {
    machine.close();
  }
}
