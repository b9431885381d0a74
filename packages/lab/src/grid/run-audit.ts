import { canaryAudit } from "../attacks/canary/audit.ts";
import type { AuditJob } from "./job.ts";
import type { UnitResult } from "./unit.ts";

/** An audit of a plan's claim of epsilon: one result, without a model. */
export async function runAudit({ plan, audit, units }: AuditJob): Promise<UnitResult[]> {
  const found = await canaryAudit({ plan, ...audit, seed: plan.seed });
  return units.map((unit) => ({
    format: "moongate-benchmark-unit",
    version: 1,
    unit,
    status: "done",
    attacks: [],
    audit: found,
    rows: { train: 0, validation: 0, test: 0 },
  }));
}
