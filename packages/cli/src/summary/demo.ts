import type { ResultDocument } from "@moongate/results";
import type { Colours } from "../terminal/io.ts";
import { joiningSection } from "./joining.ts";
import { shortSummary } from "./short.ts";
import { summary } from "./summary.ts";

export interface DemoEnd {
  /** The page with pictures, if it was written. */
  readonly report: string | undefined;
  /** The command that scores rows by the model. */
  readonly command: string;
  /** Every table, in place of one screen. */
  readonly details: true | undefined;
  readonly colours: Colours;
}

/** How a demo ends on the terminal: one screen, or every table. */
export function demoSummary(result: ResultDocument, end: DemoEnd): string {
  const { report, command, details, colours } = end;
  const { joining } = result;
  const card = joining === undefined ? "" : `${joiningSection(result, joining, colours)}\n`;
  const body =
    details === true
      ? `${summary(result, colours)}\n${card}`
      : `${shortSummary(result, colours)}\n`;
  const page = report === undefined ? [] : [`The report, with pictures: ${colours.cyan(report)}`];
  return [
    body,
    ...page.map((line) => `${line}\n`),
    `To score rows by this model (here: those it knows):\n  ${colours.cyan(command)}\n`,
    ...(details === true ? [] : ["Every table: --details; the whole result: --json.\n"]),
  ].join("");
}
