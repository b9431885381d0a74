import { Command } from "commander";
import { Ended } from "../ended.ts";
import { coloursFor, type Io } from "../terminal/io.ts";

interface DoctorOptions {
  readonly config?: string;
  readonly json?: true;
}

/** `moongate doctor`: would a session run on this machine, and with this configuration? */
export function doctorCommand(io: Io): Command {
  return new Command("doctor")
    .summary("look whether a session can run here")
    .description(
      "Look at what a session needs of this machine: Node, disk, memory, clock, file rights, " +
        "randomness, arithmetic, engine, TLS. With a configuration also at its keys, its table, " +
        "its port, and whether the coordinator answers. The exit status is that of the first thing " +
        "which would end a session, 0 where there is none.",
    )
    .option("--config <file>", "the TOML file of a party or of the coordinator")
    .option("--json", "print the findings as one JSON document")
    .helpOption("-h, --help", "show this help")
    .addHelpText(
      "after",
      `
Examples:
  $ moongate doctor
  $ moongate doctor --config media.toml
  $ moongate doctor --json > doctor.json`,
    )
    .action(async ({ config, json }: DoctorOptions) => {
      const { exitStatusOf, findingsOf } = await import("../doctor/diagnosis.ts");
      const { machineChecks } = await import("../doctor/machine.ts");
      const findings = await findingsOf(machineChecks);
      if (config !== undefined) {
        const { configurationChecks } = await import("../doctor/configuration.ts");
        findings.push(...(await findingsOf(await configurationChecks(config))));
      }
      if (json === true) io.stdout.write(`${JSON.stringify({ findings }, undefined, 2)}\n`);
      else {
        const { doctorText } = await import("../doctor/text.ts");
        io.stdout.write(doctorText(findings, coloursFor(io.stdout, io.env)));
      }
      if (exitStatusOf(findings) !== 0) throw new Ended(exitStatusOf(findings));
    });
}
