import { at } from "@moongate/errors";
import { intercept, type Link } from "@moongate/transport/ports";
import type { Pace, WorkerRole, SentFrame } from "./protocol.ts";

const HEAD_BYTES = 96;
const SLOW_MS = 60;

/** Shows every frame to the page before it leaves, and lets it leave at the page's pace. */
export class Tap {
  readonly #role: WorkerRole;
  readonly #show: (frame: SentFrame, waits: boolean) => void;
  readonly #held: (() => void)[] = [];
  #pace: Pace;

  constructor(role: WorkerRole, pace: Pace, show: (frame: SentFrame, waits: boolean) => void) {
    this.#role = role;
    this.#pace = pace;
    this.#show = show;
  }

  /** The same link, tapped. */
  on(link: Link, to: WorkerRole): Link {
    return intercept(link, {
      onSend: ({ kind, payload }) => {
        this.#show(shown(this.#role, to, kind, payload), this.#pace === "step");
        if (this.#pace === "run") return undefined;
        return new Promise((resolve) => {
          const go = (): void => {
            resolve(undefined);
          };
          if (this.#pace === "step") this.#held.push(go);
          else setTimeout(go, SLOW_MS);
        });
      },
    });
  }

  pace(pace: Pace): void {
    this.#pace = pace;
    if (pace !== "step") for (const go of this.#held.splice(0)) go();
  }

  next(): void {
    this.#held.shift()?.();
  }
}

function shown(from: WorkerRole, to: WorkerRole, kind: string, payload: Uint8Array): SentFrame {
  const digits = new Array<number>(16).fill(0);
  for (const byte of payload) digits[byte >> 4] = at(digits, byte >> 4) + 1;
  return { from, to, kind, bytes: payload.length, head: payload.slice(0, HEAD_BYTES), digits };
}
