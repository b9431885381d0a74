import { asMoongateError, MoongateError } from "@moongate/errors";
import { checkSize, DEFAULT_LIMITS, headerOf, isControl, totalBytes } from "./frame.ts";
import { LinkInbox, rejected } from "./inbox.ts";
import type { FrameKind, Link, Limits } from "./link.ts";
import { Meter } from "./meter.ts";

/**
 * What all transports share: the inbox, the meter, the limits, and how a link ends.
 * A transport adds how bytes leave (`transmit`), how the line is closed (`shut`) and cut (`abort`).
 */
export abstract class BaseLink implements Link {
  readonly peer: string;
  readonly meter = new Meter();
  readonly ended: Promise<MoongateError | undefined>;
  protected limits: Limits;
  readonly #inbox: LinkInbox;
  readonly #settle: (reason: MoongateError | undefined) => void;
  #end: MoongateError | undefined;
  #closing: Promise<void> | undefined;
  #gone: Promise<void> = Promise.resolve();

  constructor(peer: string, limits: Partial<Limits> = {}) {
    this.peer = peer;
    this.limits = { ...DEFAULT_LIMITS, ...limits };
    let settle: (reason: MoongateError | undefined) => void = () => undefined;
    this.ended = new Promise((resolve) => {
      settle = resolve;
    });
    this.#settle = settle;
    this.#inbox = new LinkInbox(this.limits, (error) => {
      this.fail(error);
    });
  }

  send(kind: FrameKind, ...parts: readonly Uint8Array[]): Promise<void> {
    if (this.#end !== undefined) return rejected(this.#end);
    if (this.#closing !== undefined) {
      return rejected(new MoongateError("LINK_CLOSED", `the link to ${this.peer} is closing`));
    }
    try {
      const bytes = totalBytes(parts);
      if (isControl(kind)) {
        throw new MoongateError("FRAME_INVALID", "a frame kind begins with a dash");
      }
      headerOf(kind);
      checkSize(kind, bytes, this.limits);
      this.meter.count("sent", kind, bytes);
      return this.transmit(kind, parts, bytes);
    } catch (thrown) {
      return rejected(asMoongateError(thrown));
    }
  }

  receive(kind: FrameKind, options: { readonly timeoutMs?: number } = {}): Promise<Uint8Array> {
    return this.#inbox.receive(kind, options.timeoutMs, this.peer);
  }

  subscribe(kind: FrameKind, handler: (payload: Uint8Array) => void): void {
    this.#inbox.subscribe(kind, handler);
  }

  limit(limits: Partial<Limits>): void {
    this.limits = { ...this.limits, ...limits };
    this.#inbox.limit(this.limits);
  }

  close(): Promise<void> {
    if (this.#end !== undefined) return this.#closing ?? this.#gone;
    this.#closing ??= this.shut().then(
      () => {
        this.finish();
      },
      (thrown: unknown) => {
        this.fail(asMoongateError(thrown));
      },
    );
    return this.#closing;
  }

  fail(error: MoongateError): void {
    if (this.#end !== undefined) return;
    this.#end = error;
    this.#inbox.fail(error);
    this.#gone = this.abort(error);
    this.#settle(error);
  }

  abstract exportKey(label: string, length: number, context?: Uint8Array): Uint8Array;

  /**
   * Puts one checked frame on the line; the parts' bytes must be taken before this returns.
   * Resolves when the line can take more.
   */
  protected abstract transmit(
    kind: FrameKind,
    parts: readonly Uint8Array[],
    bytes: number,
  ): Promise<void>;

  /** Close the line behind what was sent; resolves when the peer can know. */
  protected abstract shut(): Promise<void>;

  /**
   * Cut the line; tell the peer the error's code if that is possible without waiting.
   * Resolves soon, when nothing more will leave: close() after fail() waits for this, so that a
   * process may then exit.
   */
  protected abstract abort(error: MoongateError): Promise<void>;

  /** Takes one frame that a transport received, in memory of its own. */
  protected arrived(kind: FrameKind, payload: Uint8Array): void {
    if (this.#end !== undefined) return;
    try {
      checkSize(kind, payload.length, this.limits);
    } catch (thrown) {
      this.fail(asMoongateError(thrown));
      return;
    }
    this.meter.count("received", kind, payload.length);
    this.#inbox.deliver(kind, payload);
  }

  /** Ends the link after its transport was closed in order, by either end. */
  protected finish(): void {
    if (this.#end !== undefined) return;
    this.#end = new MoongateError("LINK_CLOSED", `the link to ${this.peer} is closed`);
    this.#inbox.finish(this.#end);
    this.#settle(undefined);
  }

  /** Throws the reason if the link has ended. */
  protected assertOpen(): void {
    if (this.#end !== undefined) throw this.#end;
  }

  protected get isOpen(): boolean {
    return this.#end === undefined;
  }
}
