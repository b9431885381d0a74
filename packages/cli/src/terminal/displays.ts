import type { Display, DisplayOptions } from "./display.ts";
import type { Io, Output } from "./io.ts";
import { coloursFor, isTerminal } from "./io.ts";
import { liveDisplay } from "./live-display.ts";
import { plainDisplay } from "./plain-display.ts";

/** A redrawn display on a terminal, plain lines elsewhere. */
export function displayFor(stream: Output, env: Io["env"], options: DisplayOptions): Display {
  const colours = coloursFor(stream, env);
  return isTerminal(stream, env)
    ? liveDisplay(stream, colours, options)
    : plainDisplay(stream, colours, options);
}

/** One JSON document a line, for drivers. */
export function jsonDisplay(stream: Output): Display {
  return {
    show: (_role, event) => void stream.write(`${JSON.stringify(event)}\n`),
    say: (text) => void stream.write(`${JSON.stringify({ event: "note", text })}\n`),
    stop: () => undefined,
  };
}

/** A display that shows nothing. */
export const silentDisplay: Display = {
  show: () => undefined,
  say: () => undefined,
  stop: () => undefined,
};
