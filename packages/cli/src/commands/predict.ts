import { Command } from "commander";
import type { PredictOptions } from "../predict/predict.ts";
import { interruption } from "../processes/interruption.ts";
import { withReadingOptions } from "../reading-options.ts";
import { displayFor, silentDisplay } from "../terminal/displays.ts";
import { coloursFor, type Io, isTerminal } from "../terminal/io.ts";

const ROLES = ["coordinator", "media", "commerce"];

/** `moongate predict`: all three processes on this machine, scoring new rows by a demo's model. */
export function predictCommand(io: Io): Command {
  return withReadingOptions(new Command("predict"))
    .summary("score new rows by the model of a demo's run")
    .description(
      "Score new rows by the model that a demo left in its run directory: coordinator, media and " +
        "commerce start as three processes once more, and each party uses its own share. The scores " +
        "of the users that are in both files go to a CSV file: id, then for each label the " +
        "probability (score_LABEL) and the logit (logit_LABEL).\n\n" +
        "On three machines, each party runs its own command, with a configuration whose task is to " +
        "predict: see examples/media-predict.toml and examples/commerce-predict.toml.",
    )
    .requiredOption("--run <folder>", "the run directory of `moongate demo`")
    .requiredOption("--media <file>", "media's new rows, with the columns it had in training")
    .requiredOption("--commerce <file>", "commerce's new rows; labels are not needed")
    .requiredOption("--out <file>", "where the scores go, a new file")
    .option("--id <column>", "the id column of both files (default: as in training)")
    .option("--json", "print only where the files are, as one JSON document")
    .helpOption("-h, --help", "show this help")
    .addHelpText(
      "after",
      `
Examples:
  $ moongate demo --out runs/first
  $ moongate predict --run runs/first --media new-media.csv --commerce new-commerce.csv --out scores.csv`,
    )
    .action(async (options: PredictOptions & { readonly json?: true }) => {
      const json = options.json === true;
      const stream = json ? io.stderr : io.stdout;
      const shown = !json || isTerminal(io.stderr, io.env);
      const { runPredict } = await import("../predict/predict.ts");
      const predicted = await runPredict(options, interruption(), () =>
        shown ? displayFor(stream, io.env, { roles: ROLES }) : silentDisplay,
      );
      const { cyan } = coloursFor(io.stdout, io.env);
      io.stdout.write(
        json
          ? `${JSON.stringify(predicted, undefined, 2)}\n`
          : `\nThe scores are in ${cyan(predicted.scores)}\nEverything else is in ${cyan(predicted.runDirectory)}\n`,
      );
    });
}
