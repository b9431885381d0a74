import { normaliseIds } from "@moongate/alignment";
import { MoongateError } from "@moongate/errors";
import type { PartyData } from "@moongate/federation";
import { checked, makePlan, type Plan, planChoicesSchema, planSchema } from "@moongate/messages";
import { plannedBatchSize } from "@moongate/mpc";
import { loadPartyData } from "@moongate/party-data";
import { withNoise } from "@moongate/defences";
import { type PlanOptions, planChoices, SESSION } from "./configs.ts";
import type { DemoTables } from "./tables.ts";

/** Both parties as only a demo can see them, and what they will agree on. */
export interface Parties {
  readonly plan: Plan;
  readonly media: PartyData;
  readonly commerce: PartyData;
  /** Users in both tables. */
  readonly matched: number;
}

/**
 * Reads both tables with the parties' own code, so that a wrong file, column, label or id is told
 * before any process starts.
 * @throws MoongateError what the parties would say; USAGE for a plan that is none.
 */
export async function loadParties(tables: DemoTables, options: PlanOptions): Promise<Parties> {
  const plan = planOf(tables.labels, options);
  const learning = options.engine === undefined ? {} : { engine: options.engine };
  const media = await loadPartyData(tables.media, learning);
  const commerce = await loadPartyData(tables.commerce, { labels: plan.labels, ...learning });
  const known = new Set(normaliseIds(media.ids, plan.alignment.idRule));
  const matched = normaliseIds(commerce.ids, plan.alignment.idRule).filter((id) => known.has(id));
  return { plan, media, commerce, matched: matched.length };
}

/** What commerce will propose. @throws MoongateError USAGE for a plan that is none. */
export function planOf(names: readonly string[], options: PlanOptions): Plan {
  const labels = checked(planSchema.shape.labels, names, "USAGE", "the list of labels");
  const choices = checked(planChoicesSchema, planChoices(options), "USAGE", "the plan");
  try {
    return makePlan(SESSION, labels, withNoise(choices));
  } catch (thrown) {
    if (!(thrown instanceof MoongateError) || thrown.code !== "CONFIG_INVALID") throw thrown;
    // The demo's plan is made of options, not of a file.
    throw new MoongateError("USAGE", thrown.message, { cause: thrown });
  }
}

/** Rows of one training step, for the speed that is shown: the split is close to its shares. */
export function rowsOfStep({ plan, matched }: Parties): number {
  return plannedBatchSize(plan, plan.split.train * matched);
}
