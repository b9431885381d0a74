import { MoongateError } from "@moongate/errors";

/**
 * How ids are made comparable before anything is hashed. The rule is part of the session plan:
 * both parties apply the same one.
 *
 * - `exact`: Unicode NFC, outer white space removed;
 * - `lowercase`: exact, then lower case (independent of locale);
 * - `phone`: compatibility forms folded (full-width digits), then the digits 0-9 alone, after a
 *   plus sign if the number begins with one. Country codes are not guessed;
 * - `email`: as lowercase. Dots and tags before the @ are kept: only the provider knows them.
 */
export const ID_RULES = ["exact", "lowercase", "phone", "email"] as const;

export type IdRule = (typeof ID_RULES)[number];

/** One id under the rule; the empty string if nothing is left. Idempotent. */
export function normaliseId(raw: string, rule: IdRule): string {
  switch (rule) {
    case "exact":
      return exact(raw);
    case "lowercase":
    case "email":
      return exact(exact(raw).toLowerCase());
    case "phone":
      return phone(raw);
  }
}

/**
 * A column of ids, in row order, made comparable and checked.
 * @returns the normalised ids, one a row, all different, none empty.
 * @throws MoongateError ID_EMPTY or ID_DUPLICATE; its message and details hold the count and the
 *   first row numbers (data rows, from 1), never an id.
 */
export function normaliseIds(raw: readonly string[], rule: IdRule): string[] {
  const ids = raw.map((id) => normaliseId(id, rule));
  refuseEmpty(ids);
  refuseDuplicates(ids, rule);
  return ids;
}

/** Row numbers named in a refusal. */
const ROWS_NAMED = 5;

function refuseEmpty(ids: readonly string[]): void {
  const rows = new Offenders();
  ids.forEach((id, index) => {
    if (id === "") rows.add(index + 1);
  });
  if (rows.count === 0) return;
  throw new MoongateError(
    "ID_EMPTY",
    `${rows.count} of ${ids.length} rows have an empty id, the first in ${rows.named()}`,
    { details: { count: rows.count, rows: rows.first } },
  );
}

function refuseDuplicates(ids: readonly string[], rule: IdRule): void {
  const seen = new Set<string>();
  const rows = new Offenders();
  ids.forEach((id, index) => {
    if (seen.has(id)) rows.add(index + 1);
    else seen.add(id);
  });
  if (rows.count === 0) return;
  throw new MoongateError(
    "ID_DUPLICATE",
    `${rows.count} of ${ids.length} rows repeat the id of an earlier row under the rule ${rule}, the first in ${rows.named()}`,
    { details: { count: rows.count, rows: rows.first, rule } },
  );
}

/** Counts rows and remembers the first few. */
class Offenders {
  readonly first: number[] = [];
  count = 0;

  add(row: number): void {
    this.count += 1;
    if (this.first.length < ROWS_NAMED) this.first.push(row);
  }

  named(): string {
    return `${this.first.length === 1 ? "row" : "rows"} ${this.first.join(", ")}`;
  }
}

function exact(raw: string): string {
  return raw.normalize("NFC").trim();
}

function phone(raw: string): string {
  const folded = raw.normalize("NFKC").trim();
  const digits = folded.replace(/[^0-9]/g, "");
  return digits !== "" && folded.startsWith("+") ? `+${digits}` : digits;
}
