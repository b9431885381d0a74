import type { Joining } from "./joining.ts";
import { words } from "./words.ts";

/** The card for a terminal, without colours. Lines are at most 100 characters long. */
export function joiningText(result: Joining): string {
  const { answer, why, rows, assumptions } = words(result);
  const names = Math.max(...rows.map(({ name }) => name.length));
  const values = Math.max(...rows.map(({ value }) => value.length));
  return [
    `Is joining worth it? ${answer}`,
    ...wrapped(why, "  "),
    "",
    ...rows.flatMap(({ name, value, detail }) => {
      const start = `  ${name.padEnd(names)}  ${value.padStart(values)}`;
      const indent = " ".repeat(start.length + 2);
      const [first = "", ...others] = wrapped(detail, indent);
      return [`${start}  ${first.trimStart()}`.trimEnd(), ...others];
    }),
    "",
    ...assumptions.flatMap((sentence) => wrapped(sentence, "  ")),
  ].join("\n");
}

const WIDTH = 100;

function wrapped(text: string, indent: string): string[] {
  const lines: string[] = [];
  let line = indent;
  for (const word of text.split(" ")) {
    if (line !== indent && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = indent;
    }
    line += line === indent ? word : ` ${word}`;
  }
  return [...lines, line];
}
