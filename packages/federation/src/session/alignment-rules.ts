import { MoongateError } from "@moongate/errors";
import type { PartitionRows, SessionPlan } from "@moongate/messages";

/** Fewer joint users than this say too much about each of them, and train nothing. */
export const FEWEST_ALIGNED = 20;
/** Fewest joint users of a partition: of training, validation and test rows. */
export const FEWEST_IN_PARTITION = 5;

/** The order of rows comes from the plan's public seed, so that a run can be repeated. */
export const orderKeyOf = (plan: SessionPlan): Uint8Array => Buffer.from(plan.seed, "utf8");

/** @throws MoongateError ALIGNMENT_EMPTY, ALIGNMENT_TOO_SMALL */
export function requireEnough(matched: number): void {
  requireAny(matched);
  if (matched < FEWEST_ALIGNED) {
    throw new MoongateError(
      "ALIGNMENT_TOO_SMALL",
      `the tables have ${matched} users in common, and ${FEWEST_ALIGNED} are the least`,
    );
  }
}

/** @throws MoongateError ALIGNMENT_EMPTY */
export function requireAny(matched: number): void {
  if (matched > 0) return;
  throw new MoongateError("ALIGNMENT_EMPTY", "the tables have no user in common");
}

/**
 * Refuses a partition of few users by their number, which both parties know, and by nothing that is
 * known of them: metrics of two users would be their labels.
 * @throws MoongateError ALIGNMENT_TOO_SMALL
 */
export function requirePartitions({ train, validation, test }: PartitionRows): void {
  for (const [part, count] of Object.entries({ train, validation, test })) {
    if (count >= FEWEST_IN_PARTITION) continue;
    throw new MoongateError(
      "ALIGNMENT_TOO_SMALL",
      `the ${part} partition has ${count} joint users, and ${FEWEST_IN_PARTITION} are the least`,
    );
  }
}
