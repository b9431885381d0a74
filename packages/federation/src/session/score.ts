import { type PredictionPlan, scoringPlanOf } from "@moongate/messages";
import { maskedScoring } from "@moongate/mpc";
import type { PredictionOptions } from "../options.ts";
import type { Channel } from "./channel.ts";
import type { Connected } from "./connect.ts";
import type { Joined } from "./join.ts";
import { usersOf } from "./align.ts";
import { partyMachine } from "./party-machine.ts";
import { scoreSplit } from "./score-split.ts";
import type { JointRows, Session } from "./session.ts";
import { slotUsers } from "./slot-users.ts";
import { boundedFeatures } from "../data.ts";

/** The rows that are scored. */
export interface RowsToScore extends JointRows {
  /** The party's slots of a hidden alignment: 1 where it has a row. */
  readonly owned?: Uint8Array | undefined;
  /** Normalised ids of the rows, where both parties have all of them. */
  readonly ids?: readonly string[] | undefined;
}

/**
 * Scores the joint rows by the protocol of the model's training.
 * @returns logits, row-major rows × labels, at commerce.
 */
export function score(
  session: Session<PredictionOptions>,
  connected: Connected,
  joined: Joined<PredictionPlan>,
  channel: Channel,
  rows: RowsToScore,
): Promise<Float64Array | undefined> {
  return joined.plan.protocol === "split"
    ? scoreSplit(session, joined, channel, rows)
    : scoreMasked(session, connected, joined, channel, rows);
}

/** Scores by the masked protocol on the two shares of the model. */
async function scoreMasked(
  session: Session<PredictionOptions>,
  connected: Connected,
  joined: Joined<PredictionPlan>,
  channel: Channel,
  { rows, width, features, owned, ids }: RowsToScore,
): Promise<Float64Array | undefined> {
  const { role, progress, options } = session;
  const { parameters, secret } = options.model;
  const machine = await partyMachine(session, connected, joined, channel, secret);
  try {
    return await maskedScoring(machine, {
      plan: scoringPlanOf(joined.plan, rows.test, width),
      inputs: {
        features: { [role]: boundedFeatures(features) },
        slots: owned && { [role]: owned },
        users: owned ? slotUsers(channel.pairKey) : ids && usersOf(ids),
      },
      saved: Object.fromEntries(parameters.map(({ name, words }) => [name, words])),
      onRows: (done) => {
        progress.step(done, rows.test);
      },
    });
  } finally {
    machine.close();
  }
}
