import type { MoongateError } from "@moongate/errors";
import type { Colours } from "./io.ts";
import type { Refusals } from "./refusals.ts";

export interface ErrorReportOptions {
  readonly colours: Colours;
  /** True for one line of JSON instead of words. */
  readonly json: boolean;
  /** Stack traces: for those who work on Moongate (MOONGATE_DEBUG=1). */
  readonly debug: boolean;
}

/** What goes to standard error: the root cause as a block of its own, then what followed from it. */
export function errorReport({ root, others }: Refusals, options: ErrorReportOptions): string {
  if (options.json) {
    const [error, ...after] = [root, ...others].map((each) => plainData(each, options.debug));
    const followed = after.length === 0 ? {} : { others: after };
    return `${JSON.stringify({ error, ...followed })}\n`;
  }
  const { dim } = options.colours;
  const after = others.map(({ code, message }) => dim(`then ${code}: ${message}`));
  return [block(root, options), ...after, ""].join("\n");
}

function block(error: MoongateError, { colours, debug }: ErrorReportOptions): string {
  const lines = [
    `${colours.red("error")} ${colours.bold(error.code)}: ${error.message}`,
    `${colours.cyan("cure")}: ${error.cure}`,
  ];
  if (debug) lines.push(colours.dim(stackOf(error)));
  return lines.join("\n");
}

function plainData(error: MoongateError, debug: boolean): object {
  const stack = debug ? { stack: stackOf(error) } : {};
  return { ...error.toJSON(), ...stack };
}

function stackOf(error: Error): string {
  const own = error.stack ?? error.message;
  return error.cause instanceof Error ? `${own}\ncaused by ${stackOf(error.cause)}` : own;
}
