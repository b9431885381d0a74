import type { UnitResult } from "./unit.ts";

/** A unit that came to no model. */
export const lost = (
  unit: UnitResult["unit"],
  why: Pick<UnitResult, "status" | "error">,
): UnitResult => ({
  format: "moongate-benchmark-unit",
  version: 1,
  unit,
  attacks: [],
  rows: { train: 0, validation: 0, test: 0 },
  ...why,
});
