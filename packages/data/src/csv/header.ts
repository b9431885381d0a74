import { MoongateError } from "@moongate/errors";
import { notText } from "../bytes/file-kind.ts";
import { didYouMean } from "../table/did-you-mean.ts";

/** The columns of a file as its header names them. */
export interface Header {
  /** Every column's name, by position. */
  readonly names: readonly string[];
  /** True if the column of that position is left out: it has no name. */
  readonly unnamed: readonly boolean[];
}

/** How pandas names columns that have no name, in CSV and in Parquet. */
const PANDAS_UNNAMED = /^(Unnamed: \d+(_level_\d+)?|__index_level_\d+__)$/;

/** Control characters stand in no name: the file is something else than text. */
const CONTROL = /[\u0000-\u0008\u000e-\u001f\u007f\ufffd]/;

/**
 * Checks a header in time linear in its length. A column without a name, or one that pandas calls
 * "Unnamed: 0", is an index that some program wrote along, and is left out.
 *
 * @param used whether a column of that name is used: a name that occurs twice is refused only then.
 * @throws CSV_DUPLICATE_COLUMN, COLUMN_MISSING (the id), TABLE_NOT_TEXT, CSV_MALFORMED (no name at
 *   all).
 */
export function checkHeader(
  title: string,
  fields: readonly string[],
  id: string | undefined,
  used: (name: string) => boolean,
): Header {
  const names = fields.map((field) => field.trim());
  if (names.some((name) => CONTROL.test(name))) throw notText(title, "a binary file");
  const unnamed = names.map((name) => name !== id && (name === "" || PANDAS_UNNAMED.test(name)));
  if (unnamed.every(Boolean)) {
    const cause = `${title} has no column names in its first line`;
    throw new MoongateError("CSV_MALFORMED", cause, { cure: "Add a header line." });
  }
  const seen = new Set<string>();
  names.forEach((name, column) => {
    if (unnamed[column] === true) return;
    if (seen.has(name) && (name === id || used(name))) {
      const cause = `${title} has two columns named ${JSON.stringify(name)}`;
      throw new MoongateError("CSV_DUPLICATE_COLUMN", cause);
    }
    seen.add(name);
  });
  if (id !== undefined && !seen.has(id)) {
    const cause = `${title} has no id column ${JSON.stringify(id)}`;
    throw new MoongateError("COLUMN_MISSING", cause, { cure: didYouMean(id, names) });
  }
  return { names, unnamed };
}
