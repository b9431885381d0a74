import { ControlChannel } from "@moongate/messages";
import { dial, type Link } from "@moongate/transport";
import type { SessionOptions } from "../options.ts";
import type { Session } from "./session.ts";

export interface Connected {
  readonly outer: Link;
  readonly control: ControlChannel;
}

/** The line to the coordinator: mutual TLS 1.3, both certificates pinned. */
export async function connect(session: Session<SessionOptions>): Promise<Connected> {
  const { options, timeouts, failure, progress } = session;
  const reach = options.hooks?.connect ?? dial;
  const outer = await reach({
    url: options.coordinator.url,
    identity: options.identity,
    pinned: options.coordinator.fingerprint,
    peer: "coordinator",
    timeoutMs: timeouts.connectMs,
    heartbeat: { heartbeatMs: timeouts.heartbeatMs, deadAfterMs: timeouts.deadAfterMs },
  });
  const control = new ControlChannel(outer);
  failure.watchOuter(outer, control);
  progress.onPhase = (phase) => {
    // For the coordinator's log; that the line has ended is noticed elsewhere.
    control.send({ type: "phase", phase }).catch(() => undefined);
  };
  return { outer, control };
}
