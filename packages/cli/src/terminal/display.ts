import type { ProcessEvent } from "../processes/events.ts";
import type { Io, Output } from "./io.ts";
import { coloursFor, isTerminal } from "./io.ts";
import { liveDisplay } from "./live-display.ts";
import { plainDisplay } from "./plain-display.ts";

/** Shows what one or several processes are doing. */
export interface Display {
  show(role: string, event: ProcessEvent): void;
  /** A line of its own between the others, or after them. */
  say(text: string): void;
  /** Leaves the last state standing and the cursor on a fresh line. */
  stop(): void;
}

export interface DisplayOptions {
  /** Who is shown, in this order. */
  readonly roles: readonly string[];
  /** Batch size by which steps become rows. */
  readonly rowsPerStep?: number;
}

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

/** Nothing at all. */
export const silentDisplay: Display = {
  show: () => undefined,
  say: () => undefined,
  stop: () => undefined,
};
