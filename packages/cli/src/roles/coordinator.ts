import {
  type CoordinatorEvent,
  coordinatorConfigSchema,
  startCoordinator,
} from "@moongate/coordinator";
import { openLog } from "@moongate/logging";
import { loadIdentity } from "@moongate/transport";
import { loadConfig } from "../config/load.ts";
import { watchTrust } from "./watch-trust.ts";
import type { Display } from "../terminal/display.ts";

/**
 * The coordinator of one configuration file, until its sessions are over or the signal comes.
 * @throws MoongateError what its only session ended with; INTERRUPTED.
 */
export async function runCoordinator(
  file: string,
  display: Display,
  signal: AbortSignal,
): Promise<void> {
  const config = await loadConfig(file, coordinatorConfigSchema);
  const { listen, sessions, directory, timeouts, limits, trusted, record, corrupt } = config;
  const identity = await loadIdentity(config.identity.certificate, config.identity.key);
  const coordinator = await startCoordinator({
    ...listen,
    identity,
    timeouts,
    limits,
    trusted,
    record,
    corrupt,
    sessions,
    ...(directory === undefined ? {} : { directory, log: openLog("coordinator", directory) }),
    observer: (event) => {
      showEvent(event, display);
    },
  });
  const stop = (): void => void coordinator.close();
  signal.addEventListener("abort", stop, { once: true });
  const stopWatching = watchTrust(file, trusted, (pairs, text) => {
    if (pairs !== undefined) coordinator.trust(pairs);
    display.show("coordinator", { event: "note", text });
  });
  if (signal.aborted) stop();
  try {
    await coordinator.ended;
  } finally {
    stopWatching();
    signal.removeEventListener("abort", stop);
  }
  if (signal.aborted) throw signal.reason;
}

function showEvent(event: CoordinatorEvent, display: Display): void {
  const role = "coordinator";
  switch (event.event) {
    case "listening":
    case "note":
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
