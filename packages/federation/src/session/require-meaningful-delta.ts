import { MoongateError } from "@moongate/errors";
import type { Plan } from "@moongate/messages";

/**
 * Refuses a delta of one in the number of rows or more: a mechanism that publishes one row outright
 * would satisfy it.
 * @throws MoongateError DP_INVALID
 */
export function requireMeaningfulDelta({ dp }: Plan, trainingRows: number): void {
  if (dp === undefined || dp.delta * trainingRows < 1) return;
  throw new MoongateError(
    "DP_INVALID",
    `delta ${dp.delta} is no protection among ${trainingRows} training rows`,
    { cure: "Choose a delta well below one in the number of users." },
  );
}
