import { RARE_SHARE } from "../preparation/one-hot.ts";
import { SEPARATOR_NAMES, type Separator } from "../csv/separator.ts";
import type { Scan } from "../reading/gather.ts";
import type { ColumnProfile, Note } from "./findings.ts";

/** Notes of how the file itself is written. */
export function fileNotes(
  { format, withoutValues, unit }: Scan,
  columns: readonly ColumnProfile[],
): Note[] {
  const notes: Note[] = [];
  const told = (note: Omit<Note, "weight">): void => {
    notes.push({ ...note, weight: "told" });
  };
  for (const { name, position } of columns.filter(({ type }) => type === "left out")) {
    const title = name === "" ? "which has no name" : JSON.stringify(name);
    told({
      ...{ code: "COLUMN_UNNAMED", column: name },
      sentence: `Column ${position}, ${title}, is left out: it looks like an index that a program wrote along.`,
      cure: "Give the column a name if it is a feature.",
    });
  }
  if (withoutValues > 0) {
    const rows = withoutValues === 1 ? "1 row" : `${withoutValues} rows`;
    told({
      ...{ code: "ROWS_WITHOUT_VALUES", count: withoutValues },
      sentence: `${rows} without a single value ${withoutValues === 1 ? "was" : "were"} passed over.`,
    });
  }
  if (format.type !== "csv" || unit !== "line") return notes;
  if (format.separator !== ",") {
    const name = SEPARATOR_NAMES[format.separator as Separator];
    told({ code: "SEPARATOR", sentence: `Fields are separated by a ${name}.` });
  }
  if (format.encoding !== "utf-8") {
    const encoding = format.encoding.toUpperCase();
    told({ code: "ENCODING", sentence: `The text is decoded as ${encoding}.` });
  }
  if (format.lineEnds.length > 1) {
    told({
      code: "LINE_ENDS_MIXED",
      sentence: "Lines end in different ways; all were understood.",
    });
  }
  return notes;
}

/** Notes of columns that tell nothing as they are. */
export function constancyNotes(profile: Omit<ColumnProfile, "position">, rows: number): Note[] {
  const { name, type, distinct, missing, misfits, levels } = profile;
  if (type === "text" || type === "left out") return [];
  const column = JSON.stringify(name);
  const known = rows - missing - misfits.count;
  if (known === 0) {
    return [
      {
        ...{ code: "COLUMN_WITHOUT_VALUES", weight: "told", column: name },
        sentence: `${column} has no values and is left out.`,
      },
    ];
  }
  if (distinct === 1) {
    const sentence =
      known === rows
        ? `${column} has one value in all rows and is left out.`
        : `${column} has one value alone: only whether it is there can count.`;
    return [{ ...{ code: "COLUMN_CONSTANT", weight: "told", column: name }, sentence }];
  }
  const commonest = levels?.[0];
  if (commonest === undefined || commonest.count >= RARE_SHARE * rows) return [];
  return [
    {
      ...{ code: "LEVELS_ALL_RARE", weight: "look", column: name, count: distinct },
      sentence: `${column} has ${distinct} levels, all of them rare: as a category it tells nothing and falls away.`,
      cure: "If it is an id or free text, exclude it; if it is a quantity, write it as numbers.",
    },
  ];
}
