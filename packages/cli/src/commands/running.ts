import { asMoongateError } from "@moongate/errors";
import { type Command, Option } from "commander";
import { oneOf } from "../options.ts";
import { interruption } from "../processes/interruption.ts";
import type { Display } from "../terminal/display.ts";
import { displayFor, jsonDisplay, silentDisplay } from "../terminal/displays.ts";
import { type Io, isTerminal } from "../terminal/io.ts";

/** Options of every command that runs one process of a session. */
export interface RunningOptions {
  readonly config: string;
  readonly progress?: "json";
  readonly json?: true;
}

export function withRunningOptions(command: Command): Command {
  return command
    .requiredOption("--config <file>", "the TOML file that says all about this process")
    .option("--json", "print the result as one JSON document, and refusals as JSON")
    .addOption(
      new Option("--progress <form>", "print progress as one JSON event a line (for drivers)")
        .argParser(oneOf("json"))
        .conflicts("json"),
    )
    .helpOption("-h, --help", "show this help");
}

/**
 * Runs one process of a session: shows its progress, ends it on Ctrl-C, and tells how it ended.
 */
export async function running<T>(
  role: string,
  io: Io,
  options: RunningOptions,
  body: (display: Display, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const display = chooseDisplay(role, io, options);
  try {
    const outcome = await body(display, interruption());
    display.show(role, { event: "finished" });
    return outcome;
  } catch (thrown) {
    const error = asMoongateError(thrown);
    display.show(role, { event: "failed", error: error.toJSON() });
    throw error;
  } finally {
    display.stop();
  }
}

/** Standard output is the result's alone with --json; a person at a terminal sees progress beside it. */
function chooseDisplay(role: string, io: Io, options: RunningOptions): Display {
  if (options.progress === "json") return jsonDisplay(io.stdout);
  if (options.json !== true) return displayFor(io.stdout, io.env, { roles: [role] });
  const watched = isTerminal(io.stderr, io.env);
  return watched ? displayFor(io.stderr, io.env, { roles: [role] }) : silentDisplay;
}
