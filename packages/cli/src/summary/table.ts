import { wrapped } from "@moongate/text";
import CliTable from "cli-table3";

export interface SummaryColumn {
  readonly title: string;
  readonly align?: "left" | "right";
  /** The number of characters that longer texts are wrapped to, between words. */
  readonly wrap?: number;
}

/** A table without rules, aligned in columns, each line indented by two. */
export function table(
  columns: readonly SummaryColumn[],
  rows: readonly (readonly string[])[],
): string {
  const none = "";
  const made = new CliTable({
    head: columns.map((column) => column.title),
    colAligns: columns.map((column) => column.align ?? "left"),
    chars: {
      top: none,
      "top-mid": none,
      "top-left": none,
      "top-right": none,
      bottom: none,
      "bottom-mid": none,
      "bottom-left": none,
      "bottom-right": none,
      left: none,
      "left-mid": none,
      mid: none,
      "mid-mid": none,
      right: none,
      "right-mid": none,
      middle: "  ",
    },
    style: { head: [], border: [], "padding-left": 0, "padding-right": 0 },
  });
  for (const row of rows) {
    made.push(row.map((text, index) => wrapped(text, columns[index]?.wrap ?? Infinity).join("\n")));
  }
  return made
    .toString()
    .split("\n")
    .map((line) => `  ${line}`.trimEnd())
    .join("\n");
}

/** Broken at words to lines that most terminals show whole, indented by two. */
export const paragraph = (text: string): string =>
  wrapped(text, 98)
    .map((line) => `  ${line}`)
    .join("\n");
