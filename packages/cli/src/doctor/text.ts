import { wrapped } from "@moongate/text";
import type { Colours } from "../terminal/io.ts";
import type { Diagnosis, Health } from "./diagnosis.ts";

const MARKS: Readonly<Record<Health, string>> = { good: "✓", look: "!", bad: "✗" };
const INDENT = " ".repeat(22);

/** The findings as lines for a terminal: a mark, what was looked at, what was found, the cure. */
export function doctorText(findings: readonly Diagnosis[], colours: Colours): string {
  const paint = { good: colours.green, look: colours.yellow, bad: colours.red };
  const lines = findings.flatMap(({ what, verdict, found, cure }) => [
    `${paint[verdict](MARKS[verdict])} ${what.padEnd(20)}${indented(found)}`,
    ...(cure === undefined ? [] : [`${INDENT}${colours.cyan("cure")}: ${indented(cure)}`]),
  ]);
  const count = findings.filter(({ verdict }) => verdict === "bad").length;
  const end =
    count === 0
      ? "A session can run here."
      : `${count === 1 ? "One thing" : `${count} things`} would end a session.`;
  return `${lines.join("\n")}\n\n${end}\n`;
}

const indented = (text: string): string => wrapped(text, 58).join(`\n${INDENT}`);
