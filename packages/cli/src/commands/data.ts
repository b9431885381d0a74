import { resolve } from "node:path";
import { Command } from "commander";
import { wholeNumber } from "../options.ts";
import { coloursFor, type Io } from "../terminal/io.ts";

interface DataOptions {
  readonly out: string;
  readonly seed: string;
  readonly users?: number;
  readonly topics?: number;
  readonly json?: true;
}

/** `moongate data`: the synthetic population as CSV files. */
export function dataCommand(io: Io): Command {
  return new Command("data")
    .summary("write the synthetic population as CSV files")
    .description(
      "Write a synthetic population: media.csv and commerce.csv, which overlap only in part, and " +
        "the true probabilities behind the labels (for measuring only). The same seed and size " +
        "give the same files.",
    )
    .option("--out <folder>", "where to write", "data/synthetic")
    .option("--seed <text>", "another seed is another population", "moongate")
    .option(
      "--users <n>",
      "people, whether or not a platform knows them (default: 34000)",
      wholeNumber(1, 10_000_000),
    )
    .option(
      "--topics <n>",
      "sparse columns of each of the 8 categories on each side (default: 24; 0 makes narrow tables)",
      wholeNumber(0, 100),
    )
    .option("--json", "print the result as JSON")
    .helpOption("-h, --help", "show this help")
    .addHelpText(
      "after",
      `
Examples:
  $ moongate data
  $ moongate data --users 100000 --seed spring --out data/spring`,
    )
    .action(async (options: DataOptions) => {
      const { out, seed, users, topics, json } = options;
      const { WIDE_TOPICS, writePopulation } = await import("@moongate/data");
      const files = await writePopulation(resolve(out), {
        seed,
        topics: topics ?? WIDE_TOPICS,
        ...(users === undefined ? {} : { users }),
      });
      if (json === true) {
        io.stdout.write(`${JSON.stringify(files)}\n`);
        return;
      }
      const { dim } = coloursFor(io.stdout, io.env);
      io.stdout.write(
        [
          files.written ? "written:" : "there already, unchanged:",
          `  ${files.media}`,
          `  ${files.commerce}`,
          `  ${files.truth}  ${dim("(the oracle's: never an input of training)")}`,
          "",
        ].join("\n"),
      );
    });
}
