// Pages of docs/: programs write what stands between the markers, people the rest.
import { readFile, writeFile } from "node:fs/promises";

export const number = (value, digits = 0) =>
  value.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });

export function markdown(head, rows) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  return [
    line(head),
    line(head.map((_, index) => (index === 0 ? "---" : "---:"))),
    ...rows.map(line),
  ].join("\n");
}

/** Replaces what stands between `<!-- NAME -->` and `<!-- /NAME -->`. */
export async function writeSections(file, sections) {
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
