import { withNoise } from "@moongate/defences";
import { MoongateError } from "@moongate/errors";
import { loadEngine } from "@moongate/learning";
import {
  checked,
  makePlan,
  type Plan,
  type PlanChoices,
  planChoicesSchema,
} from "@moongate/messages";
import { type PlanOptions, planChoices, SESSION } from "./configs.ts";

/** A run's plan, made once from its options. */
export interface Planned {
  /** The plan part of commerce's configuration: only what was asked for. */
  readonly choices: PlanChoices;
  /** The plan commerce will propose, but for its labels, which the tables decide. */
  readonly plan: Plan;
}

/**
 * Makes the plan, and refuses options that cannot become a session, before tables are written or read.
 * @throws MoongateError USAGE for options that do not go together; ENGINE_UNAVAILABLE.
 */
export async function planRun(options: PlanOptions): Promise<Planned> {
  const choices = planChoices(options);
  const plan = planOf(checked(planChoicesSchema, choices, "USAGE", "the plan"));
  const { engine } = options;
  if (engine !== undefined && engine !== "auto") await loadEngine({ engine });
  return { choices, plan };
}

/** @throws MoongateError USAGE for a plan that is none. */
function planOf(choices: PlanChoices): Plan {
  try {
    return makePlan(SESSION, ["label"], withNoise(choices));
  } catch (thrown) {
    if (!(thrown instanceof MoongateError) || thrown.code !== "CONFIG_INVALID") throw thrown;
    // The demo's plan is made of options, not of a file.
    throw new MoongateError("USAGE", thrown.message, { cause: thrown });
  }
}
