import type { DataConfig } from "@moongate/federation";
import type { Side } from "@moongate/messages";
import type { Command } from "commander";
import { nameList, oneOf } from "./options.ts";

/** A setting of both files, or of one: "gbk", or "media=gbk". */
export type Sided<T> = Readonly<Partial<Record<Side | "both", T>>>;

/** How files are read, as options say it. */
export interface ReadingOptions {
  readonly encoding?: Sided<string>;
  readonly separator?: Sided<(typeof SEPARATORS)[number]>;
  readonly decimal?: Sided<"point" | "comma">;
  readonly dates?: Sided<"day-first" | "month-first">;
  readonly missing?: readonly string[];
  readonly strict?: true;
}

const SEPARATORS = ["comma", "semicolon", "tab", "pipe"] as const;

const SIDES = ["media", "commerce"] as const;

/** Adds the options of how files are read to a command. */
export function withReadingOptions(command: Command): Command {
  return command
    .option(
      "--encoding <name>",
      "the files' encoding, such as gbk or windows-1252 (media=gbk for one file; default: utf-8, or utf-16 where evident)",
      sided((text) => text),
    )
    .option(
      "--separator <sign>",
      "comma, semicolon, tab or pipe (default: recognised)",
      sided(oneOf(...SEPARATORS)),
    )
    .option(
      "--decimal <sign>",
      "point or comma, for columns that leave it open (is 1,234 above a thousand?)",
      sided(oneOf("point", "comma")),
    )
    .option(
      "--dates <order>",
      "day-first or month-first, for columns that leave it open",
      sided(oneOf("day-first", "month-first")),
    )
    .option(
      "--missing <marks>",
      "marks of missing values, in place of the usual ones (NA, NULL, -, ...)",
      nameList,
    )
    .option(
      "--strict",
      "refuse fields that do not fit their column, instead of taking them for missing",
    );
}

/** The settings of one side, for its configuration: only what was asked for. */
export function readingOf(options: ReadingOptions, side: Side): Partial<DataConfig> {
  const { missing, strict } = options;
  const given = Object.entries({
    encoding: ofSide(options.encoding, side),
    separator: ofSide(options.separator, side),
    decimal: ofSide(options.decimal, side),
    dates: ofSide(options.dates, side),
    missing,
    strict,
  }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given);
}

const ofSide = <T>(setting: Sided<T> | undefined, side: Side): T | undefined =>
  setting?.[side] ?? setting?.both;

/** Reads "value", or "media=value"; given again it adds the other side. */
function sided<T>(read: (text: string) => T) {
  return (text: string, before: Sided<T> = {}): Sided<T> => {
    const side = SIDES.find((each) => text.startsWith(`${each}=`));
    if (side === undefined) return { ...before, both: read(text) };
    return { ...before, [side]: read(text.slice(side.length + 1)) };
  };
}
