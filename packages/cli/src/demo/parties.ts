import type { EngineChoice } from "@moongate/learning";
import { checked, type Plan, planSchema } from "@moongate/messages";
import { plannedBatchSize } from "@moongate/mpc";
import { type LoadedTable, loadPartyData } from "@moongate/party-data";
import type { Planned } from "./check.ts";
import { matchedUsers, matchNotes } from "./match.ts";
import type { DemoTables } from "./tables.ts";

/** Both parties as only a demo can see them, and what they will agree on. */
export interface Parties {
  readonly plan: Plan;
  readonly media: LoadedTable;
  readonly commerce: LoadedTable;
  /** Users in both tables. */
  readonly matched: number;
  /** What is to be said of the matching before a run begins. */
  readonly notes: readonly string[];
}

/**
 * Reads both tables with the parties' own code, so that a wrong file, column, label or id is refused
 * before any process starts.
 * @throws MoongateError what the parties would say; USAGE for labels that are none.
 */
export async function loadParties(
  tables: DemoTables,
  { plan: planned }: Planned,
  engine: EngineChoice | undefined,
): Promise<Parties> {
  const labels = checked(planSchema.shape.labels, tables.labels, "USAGE", "the list of labels");
  const plan = { ...planned, labels };
  const media = await loadPartyData(tables.media, { engine });
  const commerce = await loadPartyData(tables.commerce, { labels, engine });
  const both = { media, commerce, idRule: plan.alignment.idRule };
  const matched = matchedUsers(both);
  const notes = matchNotes(both, matched, plan.split.train);
  return { plan, media, commerce, matched, notes };
}

/** Rows of one training step, for the speed that is shown: the partition is close to its shares. */
export function rowsOfStep({ plan, matched }: Parties): number {
  return plannedBatchSize(plan, plan.split.train * matched);
}
