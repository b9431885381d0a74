// Pages of docs/: programs write what stands between the markers, people the rest.
import { readFile, writeFile } from "node:fs/promises";

/** The parts of a page that a program writes, by the name of their markers. */
export type Sections = Readonly<Record<string, string>>;

/** A number as the pages show it: thousands apart, so many digits after the point. */
export function number(value: number, digits = 0): string {
  return value.toLocaleString("en-US", {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}

/** A difference with its sign, which is a true minus where it is one. */
export function signed(value: number, digits = 4): string {
  return `${value < 0 ? "−" : "+"}${number(Math.abs(value), digits)}`;
}

/** A table in Markdown: the first column to the left, figures to the right. */
export function markdown(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [
    line(head),
    line(head.map((_, index) => (index === 0 ? "---" : "---:"))),
    ...rows.map(line),
  ].join("\n");
}

/**
 * Replaces what stands between `<!-- NAME -->` and `<!-- /NAME -->`.
 * @throws Error if the page lacks the markers of a section.
 */
export async function writeSections(file: string, sections: Sections): Promise<void> {
  let text = await readFile(file, "utf8");
  for (const [name, body] of Object.entries(sections)) {
    const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
    const from = text.indexOf(open);
    const to = text.indexOf(close);
    if (from < 0 || to < from) throw new Error(`${file} lacks the markers of ${name}`);
    text = `${text.slice(0, from + open.length)}\n\n${body}\n\n${text.slice(to)}`;
  }
  await writeFile(file, text);
}
