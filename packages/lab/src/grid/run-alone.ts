import { trainAlone } from "@moongate/federation";
import type { LabTable } from "../tables/table.ts";
import { aboutRows } from "./about-rows.ts";
import type { Job } from "./job.ts";
import { heldOut } from "./metrics.ts";
import { lost } from "./lost.ts";
import type { UnitResult } from "./unit.ts";

/** The floor or the ceiling, in every kind of model at once; each kind is a unit of its own. */
export async function runAlone({ plan, units }: Job, table: LabTable): Promise<UnitResult[]> {
  const protocol = units[0]?.protocol === "local" ? "local" : "pooled";
  const { rows, ids, models } = await trainAlone(protocol, { plan, ...table });
  const about = aboutRows(table, ids, rows);
  return units.map((unit) => {
    const model = models.find(({ kind }) => kind === unit.model);
    if (model === undefined) {
      const cause = `the ${unit.model} model's training diverged`;
      return lost(unit, { status: "diverged", error: { code: "SATURATION", cause } });
    }
    return {
      format: "moongate-benchmark-unit",
      version: 1,
      unit,
      status: "done",
      ...heldOut(model),
      attacks: [],
      ...about,
    };
  });
}
