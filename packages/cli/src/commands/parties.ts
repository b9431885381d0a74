import { commerceConfigSchema, runCommerce } from "@moongate/commerce-party";
import type { PartyOutcome } from "@moongate/federation";
import { mediaConfigSchema, runMedia } from "@moongate/media-party";
import { Command } from "commander";
import { loadConfig } from "../config/load.ts";
import { outcomeSummary } from "../summary/outcome.ts";
import { summary } from "../summary/summary.ts";
import { coloursFor, type Io } from "../terminal/io.ts";
import { running, type RunningOptions, withRunningOptions } from "./running.ts";

/** `moongate media`: the passive party. */
export function mediaCommand(io: Io): Command {
  return withRunningOptions(new Command("media"))
    .summary("run the media party: features, no labels")
    .description("Run the media party of one session: it brings features and no labels.")
    .addHelpText("after", examples("media"))
    .action(async (options: RunningOptions) => {
      const outcome = await running("media", io, options, async (display, signal) => {
        const config = await loadConfig(options.config, mediaConfigSchema);
        return runMedia(
          config,
          (event) => {
            display.show("media", event);
          },
          signal,
        );
      });
      writeOutcome(outcome, io, options);
    });
}

/** `moongate commerce`: the active party. */
export function commerceCommand(io: Io): Command {
  return withRunningOptions(new Command("commerce"))
    .summary("run the commerce party: features and labels")
    .description(
      "Run the commerce party of one session: it brings features and labels, proposes the plan\n" +
        "and learns the scores of its users.",
    )
    .addHelpText("after", examples("commerce"))
    .action(async (options: RunningOptions) => {
      const outcome = await running("commerce", io, options, async (display, signal) => {
        const config = await loadConfig(options.config, commerceConfigSchema);
        return runCommerce(
          config,
          (event) => {
            display.show("commerce", event);
          },
          signal,
        );
      });
      writeOutcome(outcome, io, options);
    });
}

const examples = (role: string): string => `
Examples:
  $ moongate ${role} --config ${role}.toml
  $ moongate ${role} --config ${role}.toml --json > outcome.json

A commented configuration to start from is examples/${role}.toml.`;

/** Commerce has a result document; media what it took part in. */
function writeOutcome(outcome: PartyOutcome, io: Io, options: RunningOptions): void {
  if (options.progress === "json") return;
  const { result } = outcome;
  if (options.json === true) {
    io.stdout.write(`${JSON.stringify(result ?? outcome, undefined, 2)}\n`);
    return;
  }
  const colours = coloursFor(io.stdout, io.env);
  const text = result === undefined ? outcomeSummary(outcome, colours) : summary(result, colours);
  io.stdout.write(`\n${text}`);
}
