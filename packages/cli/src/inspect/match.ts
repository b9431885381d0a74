import { shapesText } from "@moongate/data";
import { betterRule, matchedUsers } from "../demo/match.ts";
import type { InspectedFile } from "./inspect.ts";

/** How the ids of two files match. */
export interface Match {
  readonly rule: string;
  readonly matched: number;
  /** Another rule by which clearly more ids match, if there is one. */
  readonly better?: { readonly rule: string; readonly matched: number } | undefined;
  readonly files: readonly {
    readonly file: string;
    readonly rows: number;
    readonly shapes: string;
  }[];
}

/**
 * Compares the ids of two files, as only somebody who holds both can.
 * @throws MoongateError ID_EMPTY, ID_DUPLICATE
 */
export function matchFiles(first: InspectedFile, second: InspectedFile, idRule: string): Match {
  const asTable = ({ report, ids }: InspectedFile) => ({ ids, findings: report.findings });
  const both = { media: asTable(first), commerce: asTable(second), idRule };
  const matched = matchedUsers(both);
  const better = betterRule(both, matched);
  return {
    ...{ rule: idRule, matched, better },
    files: [first, second].map(({ report: { findings } }) => ({
      file: findings.file,
      rows: findings.rows,
      shapes:
        findings.ids === undefined ? "nothing known" : shapesText(findings.ids, findings.rows),
    })),
  };
}
