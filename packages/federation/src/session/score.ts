import { type PredictionPlan, scoringPlanOf } from "@moongate/messages";
import { maskedScoring } from "@moongate/mpc";
import type { ArrangedFeatures } from "../data.ts";
import type { PredictionOptions } from "../options.ts";
import type { Channel } from "./channel.ts";
import type { Connected } from "./connect.ts";
import type { Joined } from "./join.ts";
import { partyMachine } from "./party-machine.ts";
import type { JointShape, Session } from "./session.ts";

/**
 * Scores the joint rows on the two shares.
 * @returns logits, row-major rows × labels, at commerce.
 */
export async function score(
  session: Session<PredictionOptions>,
  connected: Connected,
  joined: Joined<PredictionPlan>,
  channel: Channel,
  { rows, width, features }: JointShape & { readonly features: ArrangedFeatures },
): Promise<Float64Array | undefined> {
  const { role, progress, options } = session;
  const { parameters, secret } = options.model;
  const machine = await partyMachine(session, connected, joined, channel, secret);
  try {
    return await maskedScoring(machine, {
      plan: scoringPlanOf(joined.plan, rows.test, width),
      inputs: { features: { [role]: features } },
      saved: Object.fromEntries(parameters.map(({ name, words }) => [name, words])),
      onRows: (done) => {
        progress.step(done, rows.test);
      },
    });
  } finally {
    machine.close();
  }
}
