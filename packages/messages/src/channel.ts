import { asMoongateError, MoongateError } from "@moongate/errors";
import { refusalOf } from "./abort.ts";
import {
  type Abort,
  CONTROL_KIND,
  type ControlMessage,
  type ControlOf,
  type ControlType,
  decodeControl,
  encodeControl,
} from "./control.ts";
import type { Phase } from "@moongate/telemetry";

/** What control messages need of a link. */
export interface ControlLink {
  readonly peer: string;
  send(kind: string, ...parts: readonly Uint8Array[]): Promise<void>;
  subscribe(kind: string, handler: (payload: Uint8Array) => void): void;
  readonly ended: Promise<MoongateError | undefined>;
}

export interface ControlOptions {
  readonly onPhase?: ((phase: Phase) => void) | undefined;
}

/** More messages than any session needs at once. */
const MAX_WAITING = 8;
/** More phases than any session goes through: each is a line of the coordinator's log. */
const MAX_PHASES = 256;

interface Waiter {
  readonly type: ControlType;
  readonly resolve: (message: ControlMessage) => void;
  readonly reject: (error: MoongateError) => void;
}

/**
 * The control messages of one link, in order. Anything but the expected message ends the channel:
 * an abort with the refusal it carries, an invalid or unexpected one with MESSAGE_INVALID.
 */
export class ControlChannel {
  /** The first thing that ended the channel from the other side: abort, nonsense, or the line. */
  readonly failed: Promise<MoongateError>;
  /** The abort message that ended the channel, if one did. */
  abort: Abort | undefined;
  /** The phase the other end last said it is in. */
  phase: Phase | undefined;
  readonly #link: ControlLink;
  readonly #options: ControlOptions;
  readonly #waiting: ControlMessage[] = [];
  #phases = 0;
  readonly #settle: (error: MoongateError) => void;
  #waiter: Waiter | undefined;
  #failure: MoongateError | undefined;

  constructor(link: ControlLink, options: ControlOptions = {}) {
    this.#link = link;
    this.#options = options;
    let settle: (error: MoongateError) => void = () => undefined;
    this.failed = new Promise((resolve) => {
      settle = resolve;
    });
    this.#settle = settle;
    link.subscribe(CONTROL_KIND, (payload) => {
      this.#arrived(payload);
    });
    void link.ended.then((reason) => {
      this.#fail(reason ?? new MoongateError("LINK_CLOSED", `${link.peer} closed the connection`));
    });
  }

  send(message: ControlMessage): Promise<void> {
    return this.#link.send(CONTROL_KIND, encodeControl(message));
  }

  /**
   * The next message, which must be of that type.
   * @param waitingFor completes "… within N s" of the PEER_TIMEOUT refusal.
   */
  receive<T extends ControlType>(
    type: T,
    timeoutMs: number,
    waitingFor = `${this.#link.peer} sent no ${type}`,
  ): Promise<ControlOf<T>> {
    return new Promise<ControlMessage>((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiter = undefined;
        reject(new MoongateError("PEER_TIMEOUT", `${waitingFor} within ${timeoutMs / 1000} s`));
      }, timeoutMs);
      const settled = (): void => {
        clearTimeout(timer);
        this.#waiter = undefined;
      };
      this.#waiter = {
        type,
        resolve: (message) => {
          settled();
          resolve(message);
        },
        reject: (error) => {
          settled();
          reject(error);
        },
      };
      this.#match();
    }) as Promise<ControlOf<T>>;
  }

  #arrived(payload: Uint8Array): void {
    if (this.#failure !== undefined) return;
    try {
      const message = decodeControl(payload);
      if (message.type === "abort") {
        this.abort = message;
        this.#fail(refusalOf(message));
      } else if (message.type === "phase") {
        if (++this.#phases > MAX_PHASES) {
          throw new MoongateError("MESSAGE_INVALID", "too many phases were announced");
        }
        this.phase = message.phase;
        this.#options.onPhase?.(message.phase);
      } else this.#waiting.push(message);
      if (this.#waiting.length > MAX_WAITING) {
        throw new MoongateError("MESSAGE_INVALID", "too many control messages wait");
      }
    } catch (thrown) {
      this.#fail(asMoongateError(thrown));
    }
    this.#match();
  }

  #match(): void {
    if (this.#waiter === undefined) return;
    const next = this.#waiting.shift();
    if (next === undefined) {
      if (this.#failure !== undefined) this.#waiter.reject(this.#failure);
      return;
    }
    if (next.type === this.#waiter.type) {
      this.#waiter.resolve(next);
      return;
    }
    const { type } = this.#waiter;
    this.#fail(
      new MoongateError(
        "MESSAGE_INVALID",
        `"type": expected ${type}, ${this.#link.peer} sent ${next.type}`,
      ),
    );
  }

  #fail(error: MoongateError): void {
    if (this.#failure !== undefined) return;
    this.#failure = error;
    this.#settle(error);
    this.#waiter?.reject(error);
  }
}
