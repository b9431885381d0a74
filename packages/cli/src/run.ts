import { CommanderError } from "commander";
import { Ended } from "./ended.ts";
import { createProgram } from "./program.ts";
import { errorReport } from "./terminal/error-report.ts";
import { coloursFor, type Io } from "./terminal/io.ts";
import { refusalsOf } from "./terminal/refusals.ts";

/**
 * Runs one `moongate` command line.
 * @param args what follows the command's name.
 * @returns the exit status; refusals have been written to standard error by then.
 */
export async function run(args: readonly string[], io: Io): Promise<number> {
  try {
    await createProgram(io, args).parseAsync([...args], { from: "user" });
    return 0;
  } catch (thrown) {
    if (thrown instanceof CommanderError && thrown.exitCode === 0) return 0; // help, version
    if (thrown instanceof Ended) return thrown.status;
    const refusals = refusalsOf(thrown);
    const report = errorReport(refusals, {
      colours: coloursFor(io.stderr, io.env),
      json: args.includes("--json"),
      debug: io.env["MOONGATE_DEBUG"] === "1",
    });
    io.stderr.write(report);
    return refusals.root.exitStatus;
  }
}
