import { normaliseIds } from "@moongate/alignment";
import { shapesText } from "@moongate/data";
import { MoongateError } from "@moongate/errors";
import type { LoadedTable } from "@moongate/party-data";

/** Rules that are tried where few ids match. */
const TRIED = [
  "lowercase",
  "digits",
  "email",
  "phone",
  "sha256",
  "lowercase+digits",
  "email+sha256",
];

/** Matches of another rule are worth a word from this factor on. */
const WORTH_A_WORD = 1.05;

/** The share of the smaller table; fewer matches than that are questioned. */
const FEW_MATCHED = 0.5;

/** The fewest joint users that train anything; a session refuses fewer as well. */
const FEWEST = 20;

/** Training rows below which every figure is chance more than anything else. */
const FEW_TRAINING_ROWS = 500;

/** A table's ids as written, and what was seen of them. */
export type IdsOfTable = Pick<LoadedTable, "ids" | "findings">;

/** Both tables, as only a demo can look at them. */
export interface BothIds {
  readonly media: IdsOfTable;
  readonly commerce: IdsOfTable;
  readonly idRule: string;
}

/** How many users are in both tables. @throws MoongateError ID_EMPTY, ID_DUPLICATE, USAGE */
export function matchedUsers({ media, commerce, idRule }: BothIds): number {
  const known = new Set(normaliseIds(media.ids, idRule));
  return normaliseIds(commerce.ids, idRule).filter((id) => known.has(id)).length;
}

/**
 * What is to be said of the matching before a run begins: a demo has both files, so it can show how
 * ids look on either side, and which rule would match more of them.
 * @throws MoongateError ALIGNMENT_EMPTY, ALIGNMENT_TOO_SMALL, with both sides' shapes of ids.
 */
export function matchNotes(both: BothIds, matched: number, trainShare: number): string[] {
  const { media, commerce } = both;
  const smaller = Math.min(media.ids.length, commerce.ids.length);
  const few = matched < FEW_MATCHED * smaller;
  const peculiar = [media, commerce].some(({ findings }) => (findings.ids?.traits.length ?? 0) > 0);
  const better = few || peculiar ? betterRule(both, matched) : undefined;
  if (matched < FEWEST) throw tooFew(both, matched, better);
  const notes: string[] = [];
  if (few || better !== undefined) {
    const share = Math.round((100 * matched) / smaller);
    notes.push(
      `${matched} users are in both tables, ${share}% of the smaller one. ${shapes(both)}${advice(better)}`,
    );
  }
  const training = Math.round(trainShare * matched);
  if (training < FEW_TRAINING_ROWS) {
    notes.push(
      `About ${training} rows to train on are few: figures from so few rows are chance as much as anything else.`,
    );
  }
  return notes;
}

interface Better {
  readonly rule: string;
  readonly matched: number;
}

/** The rule that matches most users, where that is more than the plan's rule does. */
export function betterRule(both: BothIds, matched: number): Better | undefined {
  let best: Better | undefined;
  for (const rule of TRIED) {
    const found = matchesBy(both, rule);
    if (found > Math.max(best?.matched ?? 0, matched * WORTH_A_WORD))
      best = { rule, matched: found };
  }
  return best;
}

/** Matches under another rule; none where it makes two ids of a table the same. */
function matchesBy(both: BothIds, idRule: string): number {
  try {
    return matchedUsers({ ...both, idRule });
  } catch (thrown) {
    if (thrown instanceof MoongateError) return 0;
    throw thrown;
  }
}

function shapes({ media, commerce }: BothIds): string {
  const of = ({ findings }: IdsOfTable): string =>
    findings.ids === undefined ? "unknown" : shapesText(findings.ids, findings.rows);
  return `Ids of media look like ${of(media)}; of commerce like ${of(commerce)}.`;
}

const advice = (better: Better | undefined): string =>
  better === undefined ? "" : ` With --id-rule ${better.rule}, ${better.matched} would match.`;

function tooFew(both: BothIds, matched: number, better: Better | undefined): MoongateError {
  const how =
    matched === 0
      ? "the tables have no user in common"
      : `the tables have ${matched} users in common, and ${FEWEST} are the least`;
  const cure =
    better === undefined
      ? "Check that both files use the same kind of id."
      : `Use --id-rule ${better.rule}: ${better.matched} users would match.`;
  return new MoongateError(
    matched === 0 ? "ALIGNMENT_EMPTY" : "ALIGNMENT_TOO_SMALL",
    `${how}. ${shapes(both).slice(0, -1)}`,
    { cure },
  );
}
