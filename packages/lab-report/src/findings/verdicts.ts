import { type Found, judge, pOfNoLeak, type Verdict } from "@moongate/lab";
import { holm } from "@moongate/statistics";
import type { Finding } from "./findings.ts";

/** A finding beside what the same attack finds where it must succeed; "itself" if this is that setting. */
export interface Case {
  readonly finding: Finding;
  readonly control: Found | undefined | "itself";
}

/**
 * What the attacks of one table say, over all seeds: for all its cells together a leak is claimed by
 * error once in twenty tables at most (Holm).
 */
export function settingVerdicts(table: readonly Case[]): Verdict[] {
  const compared = table.filter(({ finding }) => finding.found !== undefined);
  const values = holm(compared.map(({ finding: { found } }) => (found ? pOfNoLeak(found) : 1)));
  const adjusted = new Map(compared.map(({ finding }, at) => [finding, values[at] ?? 1]));
  return table.map(({ finding, control }) => {
    if (finding.found === undefined) return "not applicable";
    return judge(finding.found, { adjusted: adjusted.get(finding) ?? 1, control });
  });
}
