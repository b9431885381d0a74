import { type Column, MISSING, tableOfRows } from "@moongate/data";
import { MoongateError } from "@moongate/errors";
import type { PartyData } from "@moongate/federation";

/** A column for models that take values as they are. */
type UnpreparedColumn = ReturnType<NonNullable<PartyData["rawColumns"]>>[number];

/**
 * The given rows of feature columns as the table has them: numbers, days and truth values are
 * numbers, and a missing value stays missing.
 */
export function rawColumns(
  columns: readonly Column[],
  rows: Uint32Array,
): readonly UnpreparedColumn[] {
  return tableOfRows({ rows: rows.length, columns }, rows).columns.map(unprepared);
}

function unprepared(column: Column): UnpreparedColumn {
  const { name } = column;
  switch (column.kind) {
    case "number":
    case "date":
      return { name, kind: "number", values: column.values };
    case "boolean": {
      const values = Float64Array.from(column.values, (value) =>
        value === MISSING ? Number.NaN : value,
      );
      return { name, kind: "number", values };
    }
    case "category":
      return { name, kind: "category", codes: column.codes, levels: column.levels };
    case "text":
      throw new MoongateError("USAGE", `column ${JSON.stringify(name)} is text, and no feature`);
  }
}
