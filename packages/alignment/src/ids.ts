import { sha256, toHex, utf8 } from "@moongate/crypto";
import { MoongateError } from "@moongate/errors";

/**
 * How ids are made comparable before anything is hashed. The rule is part of the session plan:
 * both parties apply the same one.
 *
 * - `exact`: as written, but for Unicode NFC;
 * - `trimmed`: NFC; blanks around an id and characters that cannot be seen are dropped;
 * - `lowercase`: trimmed, then lower case (independent of locale);
 * - `digits`: trimmed; a whole number loses leading zeros and a fraction of zeros (00123 and 123.0
 *   are 123); an exponent is written out where no digit is lost by it; other ids stay;
 * - `email`: as lowercase, without "mailto:". Dots and tags before the @ are kept: only the provider
 *   knows them;
 * - `phone`: compatibility forms folded (full-width digits), then the digits 0-9 alone, after a plus
 *   sign if the number begins with one or with 00 (E.164). Country codes are not guessed;
 * - `sha256`: trimmed; 64 hexadecimal digits are a digest already and become lower case, anything
 *   else is hashed. So a side with digests matches a side with the ids themselves.
 *
 * Rules are composed with a plus sign, from left to right: `email+sha256`.
 */
export const ID_RULES = [
  "exact",
  "trimmed",
  "lowercase",
  "digits",
  "email",
  "phone",
  "sha256",
] as const;

type SingleRule = (typeof ID_RULES)[number];

/** One rule, or several composed with "+". */
export type IdRule = string;

/** The rule where none is named. */
export const DEFAULT_ID_RULE: IdRule = "trimmed";

/**
 * One id under the rule; the empty string if nothing is left. Idempotent.
 * @throws MoongateError USAGE for a rule that does not exist.
 */
export function normaliseId(raw: string, rule: IdRule): string {
  return normaliserOf(rule)(raw);
}

function normaliserOf(rule: IdRule): (raw: string) => string {
  const steps = rule.split("+").map((name) => {
    const known = ID_RULES.find((each) => each === name);
    if (known === undefined) {
      throw new MoongateError("USAGE", `there is no id rule ${JSON.stringify(name)}`, {
        cure: `Rules are ${ID_RULES.join(", ")}; compose them with a plus sign.`,
      });
    }
    return STEPS[known];
  });
  return (raw) => steps.reduce((id, step) => step(id), raw);
}

const STEPS: Readonly<Record<SingleRule, (raw: string) => string>> = {
  exact: (raw) => raw.normalize("NFC"),
  trimmed,
  lowercase,
  digits,
  email: (raw) => lowercase(raw).replace(/^(mailto:\s*)+/, ""),
  phone,
  sha256: digest,
};

/**
 * A column of ids, in row order, made comparable and checked.
 * @returns the normalised ids, one a row, all different, none empty.
 * @throws MoongateError ID_EMPTY or ID_DUPLICATE; its message and details hold the count and the
 *   first row numbers (data rows, from 1), never an id.
 */
export function normaliseIds(raw: readonly string[], rule: IdRule): string[] {
  const normalise = normaliserOf(rule);
  const ids = raw.map((id) => normalise(id));
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

/** Characters that take no room: soft hyphen, zero-width and direction marks, byte order marks. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/g;

function trimmed(raw: string): string {
  return raw.replaceAll(INVISIBLE, "").normalize("NFC").trim();
}

function lowercase(raw: string): string {
  return trimmed(trimmed(raw).toLowerCase());
}

const WHOLE = /^0*(\d+?)(?:\.0*)?$/;
const EXPONENT = /^(\d)(?:\.(\d*?)0*)?e\+?(\d{1,2})$/i;

function digits(raw: string): string {
  const id = trimmed(raw);
  const whole = WHOLE.exec(id)?.[1];
  if (whole !== undefined) return whole;
  const [, first = "", rest = "", power = ""] = EXPONENT.exec(id) ?? [];
  const zeros = Number(power) - rest.length;
  return first === "" || zeros < 0 ? id : digits(`${first}${rest}${"0".repeat(zeros)}`);
}

function phone(raw: string): string {
  const folded = raw.normalize("NFKC").replaceAll(INVISIBLE, "").trim();
  const found = folded.replace(/[^0-9]/g, "");
  if (folded.startsWith("+")) return found === "" ? "" : `+${found}`;
  return /^00[1-9]/.test(found) ? `+${found.slice(2)}` : found;
}

const DIGEST = /^[0-9a-f]{64}$/i;

function digest(raw: string): string {
  const id = trimmed(raw);
  if (id === "") return "";
  return DIGEST.test(id) ? id.toLowerCase() : toHex(sha256(utf8(id)));
}
