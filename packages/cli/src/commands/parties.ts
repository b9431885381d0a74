import type { PartyEvent, PartyOutcome } from "@moongate/federation";
import { Command } from "commander";
import { loadConfig } from "../config/load.ts";
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
        const { runMedia, mediaConfigSchema } = await import("@moongate/media-party");
        const config = await loadConfig(options.config, mediaConfigSchema);
        const show = (event: PartyEvent): void => {
          display.show("media", event);
        };
        return runMedia(config, show, signal);
      });
      await writeOutcome(outcome, io, options);
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
        const { runCommerce, commerceConfigSchema } = await import("@moongate/commerce-party");
        const config = await loadConfig(options.config, commerceConfigSchema);
        const show = (event: PartyEvent): void => {
          display.show("commerce", event);
        };
        return runCommerce(config, show, signal);
      });
      await writeOutcome(outcome, io, options);
    });
}

const examples = (role: string): string => `
Examples:
  $ moongate ${role} --config ${role}.toml
  $ moongate ${role} --config ${role}.toml --json > outcome.json

A commented configuration to start from is examples/${role}.toml.`;

/** Commerce has a result document; media what it took part in. */
async function writeOutcome(outcome: PartyOutcome, io: Io, options: RunningOptions): Promise<void> {
  if (options.progress === "json") return;
  const { result } = outcome;
  if (options.json === true) {
    io.stdout.write(`${JSON.stringify(result ?? outcome, undefined, 2)}\n`);
    return;
  }
  const colours = coloursFor(io.stdout, io.env);
  if (result === undefined) {
    const { outcomeSummary } = await import("../summary/outcome.ts");
    io.stdout.write(`\n${outcomeSummary(outcome, colours)}`);
  } else {
    const { summary } = await import("../summary/summary.ts");
    io.stdout.write(`\n${summary(result, colours)}`);
  }
}
