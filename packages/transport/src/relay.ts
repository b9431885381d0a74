import type { MoongateError } from "@moongate/errors";
import { quiet } from "./inbox.ts";
import type { FrameKind, Link } from "./link.ts";

export interface RelayOptions {
  readonly kind?: FrameKind | undefined;
  /**
   * A hook for tests and demonstrations: what to pass on instead of a payload (none: dropped).
   * The payload may be changed in place.
   */
  readonly intercept?:
    | ((payload: Uint8Array, direction: "forward" | "backward") => readonly Uint8Array[])
    | undefined;
}

/** Bytes in hand from which on the faster side is not read any more, and from which on again. */
const PAUSE_BYTES = 8 * 2 ** 20;
const RESUME_BYTES = 2 * 2 ** 20;
/** What a frame in hand takes beside its payload: a side that sends empty ones is stopped too. */
const FRAME_OVERHEAD = 256;

/**
 * Pumps frames of one kind between two links, both ways, until one of them ends.
 * The frames are not looked into, and no copy is kept.
 * @returns what ended the pump: the reason of the first link to end.
 */
export function relay(
  a: Link,
  b: Link,
  options: RelayOptions = {},
): Promise<MoongateError | undefined> {
  pump(a, b, "forward", options);
  pump(b, a, "backward", options);
  return Promise.race([a.ended, b.ended]);
}

function pump(
  from: Link,
  to: Link,
  direction: "forward" | "backward",
  options: RelayOptions,
): void {
  const kind = options.kind ?? "relay";
  let inHand = 0;
  let paused = false;
  const pass = (payload: Uint8Array): void => {
    const bytes = payload.length + FRAME_OVERHEAD;
    inHand += bytes;
    if (inHand > PAUSE_BYTES && !paused && canPause(from)) {
      paused = true;
      from.pause();
    }
    const sent = quiet(to.send(kind, payload));
    const passed = (): void => {
      inHand -= bytes;
      if (paused && inHand < RESUME_BYTES && canPause(from)) {
        paused = false;
        from.resume();
      }
    };
    sent.then(passed, passed);
  };
  from.subscribe(kind, (payload) => {
    if (options.intercept === undefined) pass(payload);
    else for (const item of options.intercept(payload, direction)) pass(item);
  });
}

interface Pausable {
  pause(): void;
  resume(): void;
}

/** True if a link can stop reading its connection; a memory link has none to stop. */
function canPause(link: Link): link is Link & Pausable {
  return "pause" in link && "resume" in link;
}
