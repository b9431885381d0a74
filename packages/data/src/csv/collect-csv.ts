import type { MissingMarks } from "../cells/missing-marks.ts";
import { type Collected, ColumnBuilder } from "../columns/column-builder.ts";
import type { Gather, Scan, ScanOptions } from "../reading/gather.ts";
import { scanCsv } from "./read-csv.ts";
import type { ColumnKind } from "../table/table.ts";

/** Columns as they were collected, by position; undefined for those that are left out. */
export interface CollectedTable extends Scan {
  readonly columns: readonly (Collected | undefined)[];
}

/**
 * Collects the columns of a CSV file. One pass suffices unless a column begins like plain numbers
 * and turns out to hold something that only its text can tell: then there is a second, for those
 * columns alone.
 *
 * @param kindOf the kind of a column where it is given; `text` for the id.
 */
export async function collectCsv(
  options: ScanOptions,
  marks: MissingMarks,
  kindOf: (name: string) => ColumnKind | undefined,
): Promise<CollectedTable> {
  const comma = options.settings.decimal === "comma";
  const builderOf = (name: string, asText: boolean): ColumnBuilder =>
    new ColumnBuilder({ marks, comma, asText, kind: kindOf(name) });

  const first = new Builders((name) => builderOf(name, false));
  const scan = await scanCsv(options, first.gather);
  const columns = first.finish();
  const unsettled = columns.map((column) => column?.as === "unsettled");
  if (!unsettled.includes(true)) return { ...scan, columns };

  const second = new Builders((name, position) =>
    unsettled[position] === true ? builderOf(name, true) : undefined,
  );
  await scanCsv(options, second.gather);
  const again = second.finish();
  return { ...scan, columns: columns.map((column, position) => again[position] ?? column) };
}

/** The builders of some columns of a file. */
class Builders {
  readonly #make: (name: string, position: number) => ColumnBuilder | undefined;
  #builders: readonly (ColumnBuilder | undefined)[] = [];

  constructor(make: (name: string, position: number) => ColumnBuilder | undefined) {
    this.#make = make;
  }

  readonly gather: Gather = ({ names, unnamed }) => {
    this.#builders = names.map((name, position) =>
      unnamed[position] === true ? undefined : this.#make(name, position),
    );
    const present = this.#builders.flatMap((builder, position) =>
      builder === undefined ? [] : [{ builder, position }],
    );
    return {
      push: (fields) => {
        for (const { builder, position } of present) builder.push(fields[position] ?? "");
      },
    };
  };

  finish(): (Collected | undefined)[] {
    return this.#builders.map((builder) => builder?.finish());
  }
}
