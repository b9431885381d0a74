import { Command } from "commander";
import { modelChoices, modelHelp } from "../demo/model-option.ts";
import { defenceForms, defenceOption } from "../demo/defence-option.ts";
import type { GivenOptions } from "../demo/repeated.ts";
import { idRule, nameList, numberFrom, oneOf, positiveNumber, wholeNumber } from "../options.ts";
import { withReadingOptions } from "../reading-options.ts";
import { commandLine } from "../demo/command-line.ts";
import { interruption } from "../processes/interruption.ts";
import { displayFor, silentDisplay } from "../terminal/displays.ts";
import { coloursFor, type Io, isTerminal } from "../terminal/io.ts";

const ROLES = ["coordinator", "media", "commerce"];

/** Options that say how the end is told, and are no part of the run. */
interface Shown {
  readonly json?: true;
  readonly details?: true;
  readonly open?: true;
}

/** `moongate demo`: all three processes on this machine, and the oracle that only a demo can have. */
export function demoCommand(io: Io, args: readonly string[] = []): Command {
  return withReadingOptions(new Command("demo"))
    .summary("run all three processes here and compare with pooled data")
    .description(
      "Start coordinator, media and commerce as three processes on this machine, train the joint " +
        "model under masks, and compare it with commerce alone and with pooled data. Without files " +
        "of your own it uses a synthetic population, which it writes to data/synthetic first.",
    )
    .option("--media <file>", "media's CSV file")
    .option("--commerce <file>", "commerce's CSV file, with the labels")
    .option("--id <column>", "the id column that both files have")
    .option(
      "--label <column,...>",
      "label column(s) of commerce's file; a name with a comma in double quotes: '\"a, b\"'",
      nameList,
    )
    .option(
      "--rows <n>",
      "size of the synthetic population; of own files, so many rows by the hash of their ids",
      wholeNumber(1),
    )
    .option(
      "--id-rule <rule>",
      "how ids are compared: exact, trimmed (the default), lowercase, digits, email, phone or " +
        "sha256; several as in email+sha256",
      idRule,
    )
    .option("--positive <value>", "the label's value that counts as positive, of two words")
    .option(
      "--missing-label <what>",
      "rows without a label: refuse the file, or drop them",
      oneOf("refuse", "drop"),
    )
    .option(
      "--numbers <encoding>",
      "what becomes of numbers: auto, ranks, standard or piecewise",
      oneOf("auto", "ranks", "standard", "piecewise"),
    )
    .option(
      "--local <input>",
      "what enters of each party: raw columns, its local model's embedding (tower), both, or auto",
      oneOf("auto", "raw", "tower", "both"),
    )
    .option(
      "--engine <name>",
      "what TensorFlow.js computes on: auto, native, wasm or cpu",
      oneOf("auto", "native", "wasm", "cpu"),
    )
    .option(
      "--protocol <name>",
      "what crosses: masked (one-time-padded numbers; the default), split (embeddings and " +
        "gradients), local (nothing: commerce alone) or pooled (both tables: an oracle)",
      oneOf("masked", "split", "local", "pooled"),
    )
    .option(
      "--defence <name[:value...]>",
      "of the split protocol; again for another place: " + defenceForms().join(", "),
      defenceOption,
    )
    .option(
      "--repeat <run>",
      "that split run again: its tables, plan, noise and starts, all from its run directory; only " +
        "--out, --json, --record, --engine and the campaign's options go with it",
    )
    .option("--record", "leave what each process brought, received and could open in its view/")
    .option(
      "--corrupt <role>",
      "coordinator: record, and let it keep the seeds of all masks",
      oneOf("coordinator"),
    )
    .option("--model <kind>", modelHelp(), oneOf(...modelChoices()))
    .option(
      "--hidden <n>",
      "hidden units; of relu, the width of the cut layer",
      wholeNumber(1, 256),
    )
    .option("--epochs <n>", "passes over the training rows", wholeNumber(1, 1000))
    .option("--batch-size <n>", "rows of one step", wholeNumber(1, 65_536))
    .option("--learning-rate <x>", "step size", positiveNumber)
    .option(
      "--epsilon <x>",
      "differential privacy of a masked logistic model: noise inside the masks",
      positiveNumber,
    )
    .option("--delta <x>", "goes with --epsilon (default: 1e-6)", positiveNumber)
    .option(
      "--clip <x>",
      "longest row on each side under --epsilon, in square roots of its columns (default: 0.5)",
      positiveNumber,
    )
    .option(
      "--score-noise <x>",
      "deviation of what media adds to each logit before commerce learns it; 0 for none, to compare " +
        "(default: 0.05)",
      numberFrom(0, 1),
    )
    .option("--seed <text>", "orders rows and batches (default: 1)")
    .option(
      "--alignment <method>",
      "how users are matched: keyed, ecdh, or hidden: neither learns which users the other has",
      oneOf("keyed", "ecdh", "hidden"),
    )
    .option(
      "--slots <number>",
      "of hidden alignment: padded hides how many users are common, union is quicker (default: padded)",
      oneOf("padded", "union"),
    )
    .option(
      "--budget <money>",
      "of a campaign, to tell whether joining is worth it (default: 10,000)",
      positiveNumber,
    )
    .option(
      "--click-cost <money>",
      "what the campaign pays a click (default: 0.50)",
      positiveNumber,
    )
    .option(
      "--conversion-value <money>",
      "what one conversion leaves, its margin (default: what one costs by commerce's own model)",
      positiveNumber,
    )
    .option("--out <folder>", "the run directory (default: runs/<UTC time>-<seed>)")
    .option(
      "--watch-validation",
      "open validation scores to commerce after every epoch; each look is a line in the ledger",
    )
    .option(
      "--audit-dealer <rate>",
      "open and replay this share of what the coordinator deals, 0.5 at most, to catch one that cheats",
      numberFrom(0, 0.5),
    )
    .option("--details", "print every table of the result, not the short form")
    .option("--open", "open the report in a browser")
    .option("--json", "print only the result, as one JSON document")
    .helpOption("-h, --help", "show this help")
    .addHelpText(
      "after",
      `
Examples:
  $ moongate demo
  $ moongate demo --rows 5000 --epochs 5 --json > result.json
  $ moongate demo --epsilon 4                      a model that hardly tells single users
  $ moongate demo --alignment hidden               nobody learns whose users are common
  $ moongate demo --protocol split                 what split learning tells, and to whom
  $ moongate demo --protocol split --model relu --defence marvell:4 --defence noise:1:0.5
  $ moongate demo --repeat runs/defended           that split run again, bit for bit
  $ moongate demo --protocol local                 commerce without anybody
  $ moongate demo --open                           and its report in a browser
  $ moongate demo --budget 50000 --click-cost 0.8 --conversion-value 25
  $ moongate demo --record --corrupt coordinator   for the attacks of the privacy lab
  $ moongate demo --media media.csv --commerce commerce.csv --id user_id --label bought
  $ moongate demo --media m.csv.gz --commerce c.parquet --id mail --label bought --id-rule email+sha256

Under npm, options follow two dashes: npm run --silent demo -- --json`,
    )
    .action(async (given: GivenOptions & Shown) => {
      const json = given.json === true;
      const stream = json ? io.stderr : io.stdout;
      const shown = !json || isTerminal(io.stderr, io.env);
      const { details, open } = given;
      const surroundings = {
        command: commandLine(args),
        signal: interruption(),
        display: (rowsPerStep: number) =>
          shown ? displayFor(stream, io.env, { roles: ROLES, rowsPerStep }) : silentDisplay,
      };
      const colours = coloursFor(io.stdout, io.env);
      const print = (result: object): void => {
        io.stdout.write(`${JSON.stringify(result, undefined, 2)}\n`);
      };
      const { repeatedOptions } = await import("../demo/repeated.ts");
      const options =
        given.repeat === undefined
          ? { seed: "1", ...given }
          : await repeatedOptions(given.repeat, given);
      const { isAlone, runAlone } = await import("../demo/alone.ts");
      if (isAlone(options)) {
        const alone = await runAlone(options, surroundings);
        if (json) {
          print(alone);
          return;
        }
        const { aloneSummary } = await import("../summary/alone.ts");
        io.stdout.write(`\n${aloneSummary(alone, colours)}`);
        return;
      }
      const { runDemo } = await import("../demo/demo.ts");
      const result = await runDemo(options, surroundings);
      const { tryReport } = await import("../report/report-of.ts");
      const report = await tryReport(result.runDirectory, io);
      if (open === true && report !== undefined) {
        const { openPage } = await import("../report/open-page.ts");
        await openPage(report);
      }
      if (json) {
        print(result);
        return;
      }
      const { predictCommandOf } = await import("../predict/hint.ts");
      const command = await predictCommandOf(result.runDirectory);
      const { demoSummary } = await import("../summary/demo.ts");
      io.stdout.write(`\n${demoSummary(result, { report, command, details, colours })}`);
    });
}
