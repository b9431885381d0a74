import {
  type CoordinatorEvent,
  coordinatorConfigSchema,
  startCoordinator,
} from "@moongate/coordinator";
import { loadIdentity } from "@moongate/transport";
import { Command } from "commander";
import { loadConfig } from "../config/load.ts";
import type { Display } from "../terminal/display.ts";
import type { Io } from "../terminal/io.ts";
import { running, type RunningOptions, withRunningOptions } from "./running.ts";

/** `moongate coordinator`: relays sealed frames between parties and deals them correlated randomness. */
export function coordinatorCommand(io: Io): Command {
  return withRunningOptions(new Command("coordinator"))
    .summary("relay sealed frames and deal masks; holds no data")
    .description(
      "Run the coordinator: it relays sealed frames between the parties and deals them\n" +
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
      await running("coordinator", io, options, (display, signal) =>
        runCoordinator(options.config, display, signal),
      );
    });
}

async function runCoordinator(file: string, display: Display, signal: AbortSignal): Promise<void> {
  const config = await loadConfig(file, coordinatorConfigSchema);
  const { listen, sessions, directory, timeouts, trusted } = config;
  const identity = await loadIdentity(config.identity.certificate, config.identity.key);
  const coordinator = await startCoordinator({
    ...listen,
    identity,
    timeouts,
    trusted,
    ...(sessions === undefined ? {} : { sessions }),
    ...(directory === undefined ? {} : { directory }),
    observer: (event) => {
      showEvent(event, display);
    },
  });
  const stop = (): void => void coordinator.close();
  signal.addEventListener("abort", stop, { once: true });
  if (signal.aborted) stop();
  try {
    await coordinator.ended;
  } finally {
    signal.removeEventListener("abort", stop);
  }
  if (signal.aborted) throw signal.reason;
}

function showEvent(event: CoordinatorEvent, display: Display): void {
  const role = "coordinator";
  switch (event.event) {
    case "listening":
      display.show(role, event);
      break;
    case "joined":
      display.show(role, { event: "note", text: `${event.role} joined session ${event.session}` });
      break;
    case "phase": // commerce leads; media's phases are the same, a moment before or after
      if (event.role === "commerce") {
        display.show(role, { event: "phase-started", phase: `serving ${event.phase}` });
      }
      break;
    case "progress":
      display.show(role, {
        event: "progress",
        phase: "dealing",
        done: event.done,
        total: event.total,
      });
      break;
    case "ended": {
      const how = event.error === undefined ? "ended well" : `ended: ${event.error.cause}`;
      display.show(role, { event: "note", text: `session ${event.session} ${how}` });
    }
  }
}
