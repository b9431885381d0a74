import { Command } from "commander";
import type { Io } from "../terminal/io.ts";
import { running, type RunningOptions, withRunningOptions } from "./running.ts";

/** `moongate coordinator`: relays sealed frames between parties and deals them correlated randomness. */
export function coordinatorCommand(io: Io): Command {
  return withRunningOptions(new Command("coordinator"))
    .summary("relay sealed frames and deal masks; holds no data")
    .description(
      "Run the coordinator: it relays sealed frames between the parties and deals them " +
        "correlated randomness. It holds no data and serves many sessions at once.",
    )
    .addHelpText(
      "after",
      `
Examples:
  $ moongate coordinator --config coordinator.toml
  $ moongate keys --name coordinator       the certificate it needs first`,
    )
    .action(async (options: RunningOptions) => {
      await running("coordinator", io, options, async (display, signal) => {
        const { runCoordinator } = await import("../roles/coordinator.ts");
        await runCoordinator(options.config, display, signal);
      });
    });
}
