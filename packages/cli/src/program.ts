import { Command } from "commander";
import { attackCommand } from "./commands/attack.ts";
import { coordinatorCommand } from "./commands/coordinator.ts";
import { dataCommand } from "./commands/data.ts";
import { demoCommand } from "./commands/demo.ts";
import { doctorCommand } from "./commands/doctor.ts";
import { inspectCommand } from "./commands/inspect.ts";
import { keysCommand } from "./commands/keys.ts";
import { commerceCommand, mediaCommand } from "./commands/parties.ts";
import { predictCommand } from "./commands/predict.ts";
import type { Io } from "./terminal/io.ts";
import { coloursFor } from "./terminal/io.ts";
import { reportCommand } from "./commands/report.ts";
import { version } from "./version.ts";

/**
 * The whole command line; nothing is run, written or exited before it is parsed. Commands load
 * what they need when they run: help is quick, and no process holds the code of another's role.
 */
export function createProgram(io: Io, args: readonly string[] = []): Command {
  const program = new Command("moongate")
    .description(
      "Train one conversion model across two platforms that exchange only masked numbers.",
    )
    .version(version, "-V, --version", "print the version")
    .helpOption("-h, --help", "show this help")
    .helpCommand("help [command]", "show the help of a command")
    .addHelpText(
      "after",
      `
Examples:
  $ moongate demo                          three processes on this machine, on synthetic data
  $ moongate inspect shop.csv --id user_id what a table of your own is read as
  $ moongate keys --name media --out keys  a certificate for one party
  $ moongate media --config media.toml     run one party for real
  $ moongate doctor                        would a session run on this machine?`,
    );
  const commands = [
    demoCommand,
    inspectCommand,
    predictCommand,
    attackCommand,
    reportCommand,
    coordinatorCommand,
    mediaCommand,
    commerceCommand,
    keysCommand,
    dataCommand,
    doctorCommand,
  ];
  for (const make of commands) program.addCommand(make(io, args));
  for (const command of [program, ...program.commands]) configure(command, io);
  return program;
}

function configure(command: Command, io: Io): void {
  const { bold } = coloursFor(io.stdout, io.env);
  command
    .exitOverride()
    .showSuggestionAfterError()
    .allowExcessArguments(false)
    .configureHelp({ styleTitle: bold, showGlobalOptions: false })
    .configureOutput({
      writeOut: (text) => void io.stdout.write(text),
      // run() reports refusals, once and in one form
      writeErr: () => undefined,
      outputError: () => undefined,
    });
}
