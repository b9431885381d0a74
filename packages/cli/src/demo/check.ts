import { loadEngine } from "@moongate/learning";
import type { PlanOptions } from "./configs.ts";
import { planOf } from "./parties.ts";

/**
 * Refuses options that cannot become a session, before tables are written or read.
 * @throws MoongateError USAGE for options that do not go together; ENGINE_UNAVAILABLE.
 */
export async function checkOptions(options: PlanOptions): Promise<void> {
  const { engine } = options;
  planOf(["any"], options);
  if (engine !== undefined && engine !== "auto") await loadEngine({ engine });
}
