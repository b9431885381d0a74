import { asMoongateError, MoongateError } from "@moongate/errors";
import { copyParts, DEFAULT_LIMITS, totalBytes } from "./frame.ts";
import { LinkInbox, quiet, rejected } from "./inbox.ts";
import type { Frame, FrameKind, Link, Limits } from "./link.ts";
import type { Meter } from "./meter.ts";

/**
 * What becomes of a frame: undefined passes it on as it is (recording needs no more); a list is
 * passed on instead (empty: dropped; twice the same: duplicated; changed: corrupted); a promise
 * of either delays it, and what comes after it waits.
 */
export type Interception = undefined | readonly Frame[];
export type Hook = (frame: Frame) => Interception | Promise<Interception>;

export interface InterceptHooks {
  readonly onSend?: Hook | undefined;
  readonly onReceive?: Hook | undefined;
}

/**
 * The same link, with every frame shown to the hooks first. The meter counts what really crosses.
 * onReceive sees a kind's frames from the first receive or subscribe of that kind on, those that
 * were queued until then included.
 */
export function intercept(link: Link, hooks: InterceptHooks): Link {
  return new InterceptedLink(link, hooks);
}

class InterceptedLink implements Link {
  readonly peer: string;
  readonly meter: Meter;
  readonly ended: Promise<MoongateError | undefined>;
  readonly #link: Link;
  readonly #hooks: InterceptHooks;
  readonly #inbox: LinkInbox;
  readonly #subscribed = new Set<FrameKind>();
  readonly #outgoing = new Sequence();
  readonly #incoming = new Sequence();

  constructor(link: Link, hooks: InterceptHooks) {
    this.#link = link;
    this.#hooks = hooks;
    this.peer = link.peer;
    this.meter = link.meter;
    this.ended = link.ended;
    this.#inbox = new LinkInbox(DEFAULT_LIMITS, (error) => {
      link.fail(error);
    });
    void link.ended.then((reason) => {
      if (reason === undefined) void this.#finish();
      else this.#inbox.fail(reason);
    });
  }

  send(kind: FrameKind, ...parts: readonly Uint8Array[]): Promise<void> {
    const hook = this.#hooks.onSend;
    if (hook === undefined) return this.#link.send(kind, ...parts);
    const payload = new Uint8Array(totalBytes(parts));
    copyParts(payload, 0, parts);
    const frame = { kind, payload };
    const pass = async (verdict: Interception): Promise<void> => {
      for (const item of verdict ?? [frame]) await this.#link.send(item.kind, item.payload);
    };
    try {
      return quiet(this.#outgoing.next(() => hook(frame), pass));
    } catch (thrown) {
      return rejected(asMoongateError(thrown));
    }
  }

  receive(kind: FrameKind, options: { readonly timeoutMs?: number } = {}): Promise<Uint8Array> {
    this.#listen(kind);
    return this.#inbox.receive(kind, options.timeoutMs, this.peer);
  }

  subscribe(kind: FrameKind, handler: (payload: Uint8Array) => void): void {
    this.#inbox.subscribe(kind, handler);
    this.#listen(kind);
  }

  exportKey(label: string, length: number, context?: Uint8Array): Uint8Array {
    return this.#link.exportKey(label, length, context);
  }

  limit(limits: Partial<Limits>): void {
    this.#link.limit(limits);
  }

  async close(): Promise<void> {
    await this.#outgoing.idle();
    await this.#link.close();
  }

  fail(error: MoongateError): void {
    this.#link.fail(error);
    this.#inbox.fail(error);
  }

  #listen(kind: FrameKind): void {
    if (this.#subscribed.has(kind)) return;
    this.#subscribed.add(kind);
    this.#link.subscribe(kind, (payload) => {
      const frame = { kind, payload };
      const hook = this.#hooks.onReceive;
      if (hook === undefined) {
        this.#inbox.deliver(kind, payload);
        return;
      }
      this.#incoming
        .next(
          () => hook(frame),
          (verdict) => {
            for (const item of verdict ?? [frame]) this.#inbox.deliver(item.kind, item.payload);
          },
        )
        .catch((thrown: unknown) => {
          this.#link.fail(asMoongateError(thrown));
        });
    });
  }

  /** Ends the line in order: whatever is still delayed arrives first. */
  async #finish(): Promise<void> {
    await this.#incoming.idle();
    this.#inbox.finish(new MoongateError("LINK_CLOSED", `the link to ${this.peer} is closed`));
  }
}

/** Runs one after the other; at once as long as nobody asked for a delay. */
class Sequence {
  #last: Promise<void> | undefined;

  next<T>(decide: () => T | Promise<T>, act: (decision: T) => void | Promise<void>): Promise<void> {
    if (this.#last !== undefined) {
      return this.#follow(this.#last.then(decide).then(act));
    }
    const decision = decide();
    if (decision instanceof Promise) return this.#follow(decision.then(act));
    const acted = act(decision);
    return acted instanceof Promise ? this.#follow(acted) : Promise.resolve();
  }

  idle(): Promise<void> {
    return this.#last ?? Promise.resolve();
  }

  #follow(run: Promise<void>): Promise<void> {
    const settled = run.then(
      () => undefined,
      () => undefined,
    );
    this.#last = settled;
    void settled.then(() => {
      if (this.#last === settled) this.#last = undefined;
    });
    return run;
  }
}
