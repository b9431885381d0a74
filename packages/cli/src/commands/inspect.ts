import { Command } from "commander";
import { MoongateError } from "@moongate/errors";
import { idRule, nameList } from "../options.ts";
import { readingOf, type ReadingOptions, withReadingOptions } from "../reading-options.ts";
import type { Io } from "../terminal/io.ts";

interface InspectOptions extends ReadingOptions {
  readonly id?: readonly string[];
  readonly label?: readonly string[];
  readonly exclude?: readonly string[];
  readonly positive?: string;
  readonly idRule: string;
  readonly all?: true;
  readonly json?: true;
}

/** `moongate inspect`: what a table's columns, ids and labels are read as, before any session. */
export function inspectCommand(io: Io): Command {
  const command = new Command("inspect")
    .summary("show what a table is read as, and how two tables match")
    .description(
      "Read a table as a session would and show what each column is taken for and becomes, what the " +
        "ids look like, how the labels are balanced, and what may be wrong. With two files it also " +
        "shows how many ids match. Nothing leaves this machine.",
    )
    .argument("<file>", "a CSV file (gzip or not) or a Parquet file")
    .argument("[other]", "the other side's file, where you hold both")
    .option("--id <column>", "the id column (two names, where the files differ: a,b)", nameList)
    .option("--label <column,...>", "label columns", nameList)
    .option("--exclude <column,...>", "columns that a session would leave out", nameList)
    .option("--positive <value>", "the value of labels that counts as positive")
    .option(
      "--id-rule <rule>",
      "how ids are made comparable: exact, trimmed, lowercase, digits, email, phone, sha256, or several with a plus sign",
      idRule,
      "trimmed",
    )
    .option("--all", "show every column of wide tables")
    .option("--json", "print everything as JSON");
  return withReadingOptions(command)
    .helpOption("-h, --help", "show this help")
    .addHelpText(
      "after",
      `
Examples:
  $ moongate inspect shop.csv --id user_id --label bought
  $ moongate inspect media.csv shop.csv --id user_id --label bought
  $ moongate inspect shop.csv.gz --encoding gbk --json`,
    )
    .action(async (file: string, other: string | undefined, options: InspectOptions) => {
      await inspect([file, ...(other === undefined ? [] : [other])], options, io);
    });
}

async function inspect(files: readonly string[], options: InspectOptions, io: Io): Promise<void> {
  const { label: labels = [], exclude = [], positive, json, all } = options;
  const [firstId, secondId = firstId, ...more] = options.id ?? [];
  if (more.length > 0)
    throw new MoongateError("USAGE", "--id takes one name, or one for each file");
  const { inspectFile, requireLabels } = await import("../inspect/inspect.ts");
  const { inspectedText, matchText } = await import("../inspect/text.ts");
  const { matchFiles } = await import("../inspect/match.ts");
  const sides = ["media", "commerce"] as const;
  const inspected = [];
  for (const [index, file] of files.entries()) {
    const settings = readingOf(options, index === 0 ? sides[0] : sides[1]);
    const id = index === 0 ? firstId : secondId;
    inspected.push(await inspectFile(file, { ...settings, id, labels, exclude, positive }));
  }
  requireLabels(labels, inspected);
  const [first, second] = inspected;
  const match =
    first === undefined || second === undefined || firstId === undefined
      ? undefined
      : matchFiles(first, second, options.idRule);
  if (json === true) {
    const tables = inspected.map(({ report }) => report);
    io.stdout.write(`${JSON.stringify({ tables, match })}\n`);
    return;
  }
  for (const { report } of inspected) io.stdout.write(`${inspectedText(report, all === true)}\n`);
  if (match !== undefined) io.stdout.write(matchText(match));
}
