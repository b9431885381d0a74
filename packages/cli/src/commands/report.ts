import { Command } from "commander";
import { coloursFor, type Io } from "../terminal/io.ts";

interface ReportOptions {
  readonly out?: string;
  readonly open?: true;
  readonly json?: true;
}

/** `moongate report`: a run's page with pictures, or several runs side by side. */
export function reportCommand(io: Io): Command {
  return new Command("report")
    .summary("write a run's report again, or put several runs side by side")
    .description(
      "Write report.html into the folder of a finished run, from what the run left there: the verdict,\n" +
        "curves, scores, the session in pictures, what was received and disclosed. The page needs no\n" +
        "network and no script, and holds English and Chinese. In the folder of one party it shows what\n" +
        "that party may know. With several folders, it puts their runs side by side on one page.",
    )
    .argument("<run...>", "folders of finished runs: of a demo, or of one party")
    .option("--out <file>", "where the page of several runs goes (default: comparison.html)")
    .option("--open", "open the page in a browser")
    .option("--json", "print only where the page is, as one JSON document")
    .helpOption("-h, --help", "show this help")
    .addHelpText(
      "after",
      `
Examples:
  $ moongate report runs/first --open
  $ moongate report media                          media's own folder: no label, no score
  $ moongate report runs/masked runs/split --out masked-and-split.html`,
    )
    .action(async (runs: readonly string[], options: ReportOptions) => {
      const { reportOf } = await import("../report/report-of.ts");
      const file = await reportOf(runs, { out: options.out, env: io.env });
      if (options.open === true) {
        const { openPage } = await import("../report/open-page.ts");
        await openPage(file);
      }
      io.stdout.write(
        options.json === true
          ? `${JSON.stringify({ report: file }, undefined, 2)}\n`
          : `The report is in ${coloursFor(io.stdout, io.env).cyan(file)}\n`,
      );
    });
}
