import type { TruthFiles } from "@moongate/lab";
import { MoongateError } from "@moongate/errors";
import { Command } from "commander";
import { nameList, wholeNumber } from "../options.ts";
import { coloursFor, type Io, isTerminal } from "../terminal/io.ts";

interface AttackOptions {
  readonly seed: string;
  readonly known?: number;
  readonly media?: string;
  readonly commerce?: string;
  readonly id?: string;
  readonly label?: readonly string[];
  readonly json?: true;
}

/** `moongate attack`: the privacy lab's attacks on what the processes of a run really saw. */
export function attackCommand(io: Io): Command {
  return new Command("attack")
    .summary("attack a recorded run: what its views tell of labels and features")
    .description(
      "Run the published attacks of the privacy lab on the recorded views of a run, and the same\n" +
        "attacks where they must succeed: masks forced to zero, or a split session without defences,\n" +
        'on the same table in this process. An attack that fails there too reads "attack too weak".',
    )
    .argument("<run>", "the folder of a run that was recorded, or of one party's part of it")
    .option("--seed <text>", "of all that is random in the attacks", "1")
    .option(
      "--known <n>",
      "rows whose label (or columns) the adversary knows, for attacks that take any",
      wholeNumber(1),
    )
    .option("--commerce <file>", "commerce's table: what attacks on one party's view are scored by")
    .option("--media <file>", "media's table: the same; with both, tags of ids are attacked too")
    .option("--id <column>", "the id column of these tables")
    .option(
      "--label <columns>",
      "label columns of commerce's table, in the run's order; by default the run's names",
      nameList,
    )
    .option("--json", "print only the findings, as one JSON document")
    .helpOption("-h, --help", "show this help")
    .addHelpText(
      "after",
      `
Examples:
  $ moongate demo --record --out runs/masked
  $ moongate attack runs/masked                    every attack is at chance
  $ moongate demo --protocol split --record --out runs/split
  $ moongate attack runs/split                     gradients tell the labels
  $ moongate demo --record --corrupt coordinator --out runs/corrupt
  $ moongate attack runs/corrupt                   a coordinator that colludes takes the masks off
  $ moongate attack runs/mine/media --media media.csv --commerce commerce.csv --id user_id
                                                   one party's own view, scored by the tables`,
    )
    .action(async (run: string, options: AttackOptions) => {
      const json = options.json === true;
      const files = truthFiles(options);
      const { attackRun, besideRun, openRun } = await import("@moongate/lab");
      const views = openRun(run);
      const beside = await besideRun(run, views, files);
      const watched = isTerminal(io.stderr, io.env);
      const report = await attackRun(views, {
        ...{ seed: options.seed, beside },
        known: options.known,
        onNote: (text) => {
          if (watched) io.stderr.write(`\r\u001B[2K${text}`);
        },
      });
      if (watched) io.stderr.write("\r\u001B[2K");
      if (json) {
        io.stdout.write(`${JSON.stringify(report, undefined, 2)}\n`);
        return;
      }
      const { attackSummary } = await import("../summary/attack.ts");
      io.stdout.write(`${attackSummary(report, coloursFor(io.stdout, io.env))}\n`);
    });
}

/** @throws MoongateError USAGE for options that do not go together. */
function truthFiles({ media, commerce, id, label }: AttackOptions): TruthFiles | undefined {
  const given = media !== undefined || commerce !== undefined;
  if (given && id === undefined) {
    throw new MoongateError("USAGE", "--media and --commerce need the name of the id column", {
      cure: "Add --id COLUMN.",
    });
  }
  if (!given && id !== undefined) {
    throw new MoongateError("USAGE", "--id goes with --media or --commerce", {
      cure: "Name the tables that the run was made of.",
    });
  }
  if (label !== undefined && commerce === undefined) {
    throw new MoongateError("USAGE", "--label goes with --commerce", {
      cure: "Name commerce's table, which has the labels.",
    });
  }
  if (id === undefined) return undefined;
  return {
    id,
    media,
    commerce,
    labels: label,
  };
}
