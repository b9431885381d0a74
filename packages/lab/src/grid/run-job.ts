import { asMoongateError } from "@moongate/errors";
import { loadTable } from "../tables/table.ts";
import type { AnyJob } from "./job.ts";
import { lost } from "./lost.ts";
import { runAlone } from "./run-alone.ts";
import { runAudit } from "./run-audit.ts";
import { runSession } from "./run-session.ts";
import type { UnitResult } from "./unit.ts";

/** What ends a training without anything being wrong with the program. */
const DIVERGED = "SATURATION";

/** All results of a job; a training that diverges or fails is a result as well. */
export async function runJob(job: AnyJob): Promise<UnitResult[]> {
  try {
    if ("audit" in job) return await runAudit(job);
    const table = await loadTable(job.table);
    const alone = job.units.every(({ protocol }) => protocol === "local" || protocol === "pooled");
    return await (alone ? runAlone(job, table) : runSession(job, table));
  } catch (thrown) {
    const { code, message: cause } = asMoongateError(thrown);
    const status = code === DIVERGED ? "diverged" : "failed";
    return job.units.map((unit) => lost(unit, { status, error: { code, cause } }));
  }
}
