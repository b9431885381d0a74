import { dpReport } from "@moongate/results";
import type { Plan } from "@moongate/messages";
import { describeDefence } from "@moongate/defences";
import type { UnitResult } from "./unit.ts";

/**
 * What is proven of a whole training, and nothing else: noise in the shares of a masked one, labels
 * that were drawn once. Noise on gradients or embeddings proves something of one release alone, so
 * it has no epsilon here.
 */
export function claimOf(plan: Plan | undefined): UnitResult["dp"] {
  if (plan === undefined) return undefined;
  if (plan.dp !== undefined) {
    const { epsilon, delta, unit, protects } = dpReport(plan.dp);
    const whom = protects.map(({ whose, against, by }) => `${whose} against ${against}, by ${by}`);
    return { epsilon, delta, claim: `per ${unit}: ${whom.join("; ")}` };
  }
  const proven = describeDefence(plan.defence).find((each) => each.proven === "training");
  if (proven?.epsilon === undefined) return undefined;
  return { epsilon: proven.epsilon, delta: 0, claim: `${proven.guarantee}; per ${proven.unit}` };
}
