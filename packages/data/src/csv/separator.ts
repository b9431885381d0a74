/** What may stand between fields. */
export const SEPARATORS = [",", ";", "\t", "|"] as const;
export type Separator = (typeof SEPARATORS)[number];

/** Their names, for settings and messages. */
export const SEPARATOR_NAMES: Readonly<Record<Separator, string>> = {
  ",": "comma",
  ";": "semicolon",
  "\t": "tab",
  "|": "pipe",
};

/** Rows below the header that are looked at. */
const ROWS_LOOKED_AT = 50;

/**
 * The separator of a file that begins with `sample`: of those that the header has, the one by which
 * most of the first rows have as many fields as the header; of equals the one with more fields. A
 * separator within quotes does not count. A header without any is one column.
 */
export function separatorOf(sample: string): Separator {
  const records = firstRecords(sample);
  const [header] = records;
  if (header === undefined) return ",";
  let best: { readonly separator: Separator; readonly agree: number; readonly fields: number } = {
    ...{ separator: ",", agree: -1, fields: 1 },
  };
  for (const separator of SEPARATORS) {
    const fields = fieldsOf(header, separator);
    if (fields < 2) continue;
    const rows = records.slice(1);
    const agree = rows.filter((row) => fieldsOf(row, separator) === fields).length;
    if (agree > best.agree || (agree === best.agree && fields > best.fields)) {
      best = { separator, agree, fields };
    }
  }
  return best.separator;
}

/** The file's own word for its separator, as spreadsheets write it in a first line: "sep=;". */
export function declaredSeparator(sample: string): Separator | undefined {
  const said = /^sep=(.)\r?\n/i.exec(sample)?.[1];
  return SEPARATORS.find((separator) => separator === said);
}

/** The first lines that are not blank, a line break within quotes not counted. */
function firstRecords(sample: string): string[] {
  const records: string[] = [];
  let start = 0;
  let quoted = false;
  for (let at = 0; at < sample.length && records.length <= ROWS_LOOKED_AT; at++) {
    const sign = sample[at];
    if (sign === '"') quoted = !quoted;
    if ((sign !== "\n" && sign !== "\r") || quoted) continue;
    const record = sample.slice(start, at);
    if (record.trim() !== "") records.push(record);
    start = at + 1;
  }
  const last = sample.slice(start);
  if (records.length <= ROWS_LOOKED_AT && last.trim() !== "" && !quoted) records.push(last);
  return records;
}

function fieldsOf(record: string, separator: string): number {
  let fields = 1;
  let quoted = false;
  for (const sign of record) {
    if (sign === '"') quoted = !quoted;
    else if (sign === separator && !quoted) fields += 1;
  }
  return fields;
}
