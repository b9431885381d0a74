import { MoongateError } from "@moongate/errors";
import type { Plan } from "@moongate/messages";

/**
 * A delta of one in so many rows allows a mechanism that publishes one of them outright.
 * @throws MoongateError DP_INVALID
 */
export function requireMeaning({ dp }: Plan, trainingRows: number): void {
  if (dp === undefined || dp.delta * trainingRows < 1) return;
  throw new MoongateError(
    "DP_INVALID",
    `delta ${dp.delta} is no protection among ${trainingRows} training rows`,
    { cure: "Choose a delta well below one in the number of users." },
  );
}
