import { intersectTags, type IntersectionSizes } from "@moongate/alignment";
import { DealerMachine, maskedTraining, streamsOfKey } from "@moongate/mpc";
import type { Link } from "@moongate/transport/ports";
import type { WorkshopPlan } from "./plan.ts";
import { maskSource, ZERO_MASKS } from "./secrets.ts";
import { receiveSizes } from "./sizes.ts";
import { trainingPlan } from "./training.ts";

/** The coordinator's session: compare tags, then deal the masks of every step. */
export async function runCoordinator(
  plan: WorkshopPlan,
  links: { readonly media: Link; readonly commerce: Link },
): Promise<IntersectionSizes> {
  const sizes = await intersectTags(links);
  const [media, commerce] = await Promise.all([
    receiveSizes(links.media),
    receiveSizes(links.commerce),
  ]);
  const machine = await DealerMachine.create({
    ...links,
    masks: { media: maskSource(links.media, plan), commerce: maskSource(links.commerce, plan) },
    streamsOfKey: plan.zeroMasks ? () => ZERO_MASKS : streamsOfKey,
  });
  await maskedTraining(machine, {
    plan: trainingPlan(plan, media, commerce),
    inputs: { features: {} },
  });
  return sizes;
}
