import { at } from "@moongate/errors";
import { intercept, type Link } from "@moongate/transport/ports";
import type { Allowance } from "./moment.ts";
import type { Pace, SentFrame } from "./protocol.ts";
import type { WorkerRole } from "./roles.ts";

const HEAD_BYTES = 96;
const SLOW_MS = 250;

/** Shows every frame to the page before it leaves, and lets it leave at the page's pace. */
export class Tap {
  readonly #role: WorkerRole;
  readonly #show: (frame: SentFrame, waits: boolean) => void;
  readonly #held: (() => void)[] = [];
  readonly #allowance: Allowance;
  #pace: Pace;

  constructor(
    role: WorkerRole,
    { pace, allowance }: { readonly pace: Pace; readonly allowance: Allowance },
    show: (frame: SentFrame, waits: boolean) => void,
  ) {
    this.#role = role;
    this.#pace = pace;
    this.#allowance = allowance;
    this.#show = show;
  }

  /** The same link, tapped. */
  on(link: Link, to: WorkerRole): Link {
    const { [to]: allowed = 0 } = this.#allowance;
    let place = 0;
    return intercept(link, {
      onSend: ({ kind, payload }) => {
        place += 1;
        const free = this.#pace === "run" || place <= allowed;
        const frame = { from: this.#role, to, place, kind, ...shown(payload) };
        this.#show(frame, !free && this.#pace === "step");
        if (free) return undefined;
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

function shown(payload: Uint8Array): Pick<SentFrame, "bytes" | "head" | "digits"> {
  const digits = new Array<number>(16).fill(0);
  for (const byte of payload) digits[byte >> 4] = at(digits, byte >> 4) + 1;
  return { bytes: payload.length, head: payload.slice(0, HEAD_BYTES), digits };
}
