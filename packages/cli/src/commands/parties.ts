import type { PartyEvent, PartyOutcome, PredictionOutcome } from "@moongate/federation";
import { Command } from "commander";
import { loadTask } from "../config/load.ts";
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
        const media = await import("@moongate/media-party");
        const config = await loadTask(options.config, {
          train: media.mediaConfigSchema,
          predict: media.mediaPredictionSchema,
        });
        const show = (event: PartyEvent): void => {
          display.show("media", event);
        };
        return config.task === "predict"
          ? media.predictMedia(config, show, signal)
          : media.runMedia(config, show, signal);
      });
      await writeOutcome(outcome, io, options);
    });
}

/** `moongate commerce`: the active party. */
export function commerceCommand(io: Io): Command {
  return withRunningOptions(new Command("commerce"))
    .summary("run the commerce party: features and labels")
    .description(
      "Run the commerce party of one session: it brings features and labels, proposes the plan " +
        "and learns the scores of its users.",
    )
    .addHelpText("after", examples("commerce"))
    .action(async (options: RunningOptions) => {
      const outcome = await running("commerce", io, options, async (display, signal) => {
        const commerce = await import("@moongate/commerce-party");
        const config = await loadTask(options.config, {
          train: commerce.commerceConfigSchema,
          predict: commerce.commercePredictionSchema,
        });
        const show = (event: PartyEvent): void => {
          display.show("commerce", event);
        };
        return config.task === "predict"
          ? commerce.predictCommerce(config, show, signal)
          : commerce.runCommerce(config, show, signal);
      });
      await writeOutcome(outcome, io, options);
    });
}

const examples = (role: string): string => `
Examples:
  $ moongate ${role} --config ${role}.toml
  $ moongate ${role} --config ${role}.toml --json > outcome.json
  $ moongate ${role} --config ${role}-predict.toml   score new rows by a trained model

Commented configurations to start from are examples/${role}.toml and examples/${role}-predict.toml.`;

async function reportBeside(folder: string, io: Io): Promise<string | undefined> {
  const { tryReport } = await import("../report/report-of.ts");
  return tryReport(folder, io);
}

/** Writes the result document of a training, or what the party took part in where it has none. */
async function writeOutcome(
  outcome: PartyOutcome | PredictionOutcome,
  io: Io,
  options: RunningOptions,
): Promise<void> {
  const trained = !isPrediction(outcome);
  const report = trained ? await reportBeside(outcome.runDirectory, io) : undefined;
  if (options.progress === "json") return;
  const result = "result" in outcome ? outcome.result : undefined;
  if (options.json === true) {
    io.stdout.write(`${JSON.stringify(result ?? outcome, undefined, 2)}\n`);
    return;
  }
  const colours = coloursFor(io.stdout, io.env);
  if (isPrediction(outcome)) {
    const { predictionSummary } = await import("../summary/prediction.ts");
    io.stdout.write(`\n${predictionSummary(outcome, colours)}`);
  } else if (result === undefined) {
    const { outcomeSummary } = await import("../summary/outcome.ts");
    io.stdout.write(`\n${outcomeSummary(outcome, colours)}`);
  } else {
    const { summary } = await import("../summary/summary.ts");
    io.stdout.write(`\n${summary(result, colours)}`);
  }
  if (report !== undefined) io.stdout.write(`The report is in ${colours.cyan(report)}\n`);
}

const isPrediction = (outcome: PartyOutcome | PredictionOutcome): outcome is PredictionOutcome =>
  outcome.plan.task === "predict";
