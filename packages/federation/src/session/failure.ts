import { setTimeout as sleep } from "node:timers/promises";
import { asMoongateError, MoongateError } from "@moongate/errors";
import { abortOf, cameByAbort, type ControlChannel, type Side } from "@moongate/messages";
import type { Link } from "@moongate/transport";

/** How long to wait for the words that explain a lost line, and for the others to hear ours. */
const WORDS_MS = 1000;
const HANG_UP_MS = 2000;

/** What a line looks like when the other end already knows more than we do. */
const FOLLOW_UPS: readonly string[] = ["PEER_ABORTED", "PEER_LOST", "LINK_CLOSED"];

/** Watches everything that can end a session from outside its own phases. */
export class FailureWatch {
  /** Rejects with the first thing that went wrong outside; never resolves. */
  readonly promise: Promise<never>;
  readonly #reject: (error: MoongateError) => void;
  #control: ControlChannel | undefined;
  #outer: Link | undefined;
  #inner: Link | undefined;
  #calm = false;
  #error: MoongateError | undefined;

  constructor(signal: AbortSignal | undefined) {
    let reject: (error: MoongateError) => void = () => undefined;
    this.promise = new Promise<never>((_resolve, rejected) => {
      reject = rejected;
    });
    this.promise.catch(() => undefined); // run-party races it; after the end nobody needs it
    this.#reject = (error) => {
      this.#error ??= error;
      reject(error);
    };
    const interrupt = (): void => {
      const reason: unknown = signal?.reason;
      this.#reject(
        reason instanceof MoongateError
          ? reason
          : new MoongateError("INTERRUPTED", "the session was interrupted"),
      );
    };
    if (signal?.aborted === true) interrupt();
    else signal?.addEventListener("abort", interrupt, { once: true });
  }

  /** The line to the coordinator: its end, or an abort on it, is the session's end. */
  watchOuter(link: Link, control: ControlChannel): void {
    this.#outer = link;
    this.#control = control;
    void control.failed.then((error) => {
      this.#report(error);
    });
  }

  watchInner(link: Link): void {
    this.#inner = link;
    void link.ended.then((reason) => {
      this.#report(reason ?? new MoongateError("LINK_CLOSED", `${link.peer} closed the channel`));
    });
  }

  /** What went wrong outside must not be followed by words of success. @throws MoongateError */
  throwIfAny(): void {
    if (this.#error !== undefined) throw this.#error;
  }

  /** All is done: lines may end from now on. */
  calm(): void {
    this.#calm = true;
  }

  /**
   * The refusal this process ends with. When a line broke because the other end gave up, the
   * other's own words are on their way through the coordinator: they are the better reason.
   */
  async explain(thrown: unknown): Promise<MoongateError> {
    const error = asMoongateError(thrown);
    if (cameByAbort(error) || !(FOLLOW_UPS.includes(error.code) || wasAlerted(error))) return error;
    if (this.#control === undefined) return error;
    const words = await Promise.race([this.#control.failed, sleep(WORDS_MS, undefined)]);
    return words !== undefined && cameByAbort(words)
      ? words
      : namedLoss(words ?? error, this.#outer);
  }

  /** Tells the other processes, if they do not know yet, and hangs up. Never rejects. */
  async tell(error: MoongateError, by: Side): Promise<void> {
    const [outer, inner] = [this.#outer, this.#inner];
    if (outer === undefined) return;
    if (!cameByAbort(error)) await this.#control?.send(abortOf(error, by)).catch(() => undefined);
    const timer = setTimeout(() => {
      outer.fail(error);
    }, HANG_UP_MS);
    await outer.close().catch(() => undefined);
    clearTimeout(timer);
    inner?.fail(error);
  }

  #report(error: MoongateError): void {
    if (!this.#calm) this.#reject(error);
  }
}

/** True where the other end refused a record, and its TLS alert came here. */
function wasAlerted(error: MoongateError): boolean {
  const { reason } = error.details;
  return error.code === "FRAME_TAMPERED" && typeof reason === "string" && reason.includes("ALERT");
}

/** The same error, but a bare end of the coordinator's line says that the coordinator is gone. */
function namedLoss(error: MoongateError, outer: Link | undefined): MoongateError {
  if (error.code !== "LINK_CLOSED" || outer === undefined) return error;
  return new MoongateError("PEER_LOST", `${outer.peer} closed the connection`, { cause: error });
}
