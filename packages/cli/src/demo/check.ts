import { join, resolve } from "node:path";
import { MoongateError } from "@moongate/errors";
import { NOISE_KEY_FILE, readNoiseKey } from "@moongate/federation";
import { loadEngine } from "@moongate/learning";
import type { PlanOptions } from "./configs.ts";
import { planOf } from "./parties.ts";

/**
 * Refuses options that cannot become a session, before tables are written or read.
 * @throws MoongateError USAGE for options that do not go together; FILE_MISSING and KEYS_INVALID for
 *   a run that cannot be repeated; ENGINE_UNAVAILABLE.
 */
export async function checkOptions(options: PlanOptions): Promise<void> {
  const { protocol, repeat, engine } = options;
  planOf(["any"], options);
  if (repeat !== undefined) {
    if (protocol !== "split") {
      throw new MoongateError("USAGE", "--repeat goes with --protocol split", {
        cure: "Add it, or leave --repeat out: other runs have no noise.key.",
      });
    }
    for (const role of ["media", "commerce"]) {
      await readNoiseKey(join(resolve(repeat), role, NOISE_KEY_FILE));
    }
  }
  if (engine !== undefined && engine !== "auto") await loadEngine({ engine });
}
