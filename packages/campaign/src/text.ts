import type { Joining } from "./joining.ts";
import { wrapped } from "@moongate/text";
import { words } from "./words.ts";

/** The card for a terminal, without colours. Lines are at most 100 characters long. */
export function joiningText(result: Joining): string {
  const { answer, why, rows, assumptions } = words(result);
  const names = Math.max(...rows.map(({ name }) => name.length));
  const values = Math.max(...rows.map(({ value }) => value.length));
  return [
    `Is joining worth it? ${answer}`,
    ...indented(why, "  "),
    "",
    ...rows.flatMap(({ name, value, detail }) => {
      const start = `  ${name.padEnd(names)}  ${value.padStart(values)}`;
      const indent = " ".repeat(start.length + 2);
      const [first = "", ...others] = indented(detail, indent);
      return [`${start}  ${first.trimStart()}`.trimEnd(), ...others];
    }),
    "",
    ...assumptions.flatMap((sentence) => indented(sentence, "  ")),
  ].join("\n");
}

const WIDTH = 100;

const indented = (text: string, indent: string): string[] =>
  wrapped(text, WIDTH - indent.length).map((line) => `${indent}${line}`);
