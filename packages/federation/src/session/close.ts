import type { CpuSeconds } from "@moongate/telemetry";
import { peakMemory } from "@moongate/telemetry/process";
import { otherParty, type SeenRow, sightsOf, type TrafficRow, trafficOf } from "@moongate/messages";
import { receiveNote, sendNote } from "../notes.ts";
import type { SessionOptions } from "../options.ts";
import type { Channel } from "./channel.ts";
import type { Connected } from "./connect.ts";
import type { Session } from "./session.ts";

/** Traffic, sights and resources of all processes. */
export interface Closed {
  /** Frames and bytes of all links and kinds, both ways. */
  readonly traffic: readonly TrafficRow[];
  /** Frames that this process has received; at commerce, those of all three. */
  readonly seen: readonly SeenRow[];
  readonly rounds: number;
  /** Peak memory of the other processes in bytes, as they said; media's at commerce alone. */
  readonly memory: { readonly coordinator: number; readonly media: number };
  /** The CPU time of both by phase, likewise. */
  readonly cpuSeconds: { readonly coordinator: CpuSeconds; readonly media: CpuSeconds };
}

/**
 * 1. Media tells commerce what it has seen, in their own channel.
 * 2. Both are done; the coordinator says what it has seen and carried.
 * 3. The lines end in order, the inner one first.
 */
export async function close(
  session: Session<SessionOptions>,
  { outer, control }: Connected,
  { inner }: Channel,
): Promise<Closed> {
  const { role, timeouts, failure, progress } = session;
  const own = (): TrafficRow[] => [
    ...trafficOf("outer", role, "coordinator", outer.meter.read()),
    ...innerTraffic(),
  ];
  const innerTraffic = (): TrafficRow[] =>
    trafficOf("inner", role, otherParty(role), inner.meter.read());
  let media: {
    readonly seen: readonly SeenRow[];
    readonly peakBytes: number;
    readonly cpuSeconds: CpuSeconds;
  };
  if (role === "media") {
    media = { seen: [], peakBytes: peakMemory(), cpuSeconds: progress.cpuSeconds() };
    await sendNote(inner, { type: "seen", ...media, seen: sightsOf("media", own()) });
  } else media = await receiveNote(inner, "seen", timeouts.workMs);
  failure.throwIfAny();
  await control.send({ type: "done" });
  const farewell = await control.receive("farewell", timeouts.workMs);
  failure.calm();
  await inner.close();
  await outer.close();

  const seen =
    role === "media"
      ? sightsOf("media", own())
      : [...farewell.seen, ...media.seen, ...sightsOf("commerce", own())];
  return {
    traffic: [...farewell.traffic, ...innerTraffic()],
    seen,
    rounds: inner.meter.read().rounds,
    memory: { coordinator: farewell.peakBytes, media: media.peakBytes },
    cpuSeconds: { coordinator: farewell.cpuSeconds, media: media.cpuSeconds },
  };
}
