import { asMoongateError, MoongateError } from "@moongate/errors";
import type { Limits } from "./link.ts";
import type { FrameKind } from "./link.ts";

type QueueLimits = Pick<Limits, "maxQueuedBytes" | "maxQueuedFrames">;

interface Waiter {
  readonly resolve: (payload: Uint8Array) => void;
  readonly reject: (error: MoongateError) => void;
}

interface Lane {
  readonly queue: Uint8Array[];
  readonly waiters: Waiter[];
  handler: ((payload: Uint8Array) => void) | undefined;
}

/**
 * The receiving half of every link: one lane a kind, so that kinds never block each other.
 * A frame goes to whoever waits for its kind, else to the kind's handler, else to its queue.
 */
export class LinkInbox {
  readonly #lanes = new Map<FrameKind, Lane>();
  readonly #onFailure: (error: MoongateError) => void;
  #limits: QueueLimits;
  #queuedBytes = 0;
  #queuedFrames = 0;
  #end: MoongateError | undefined;
  #failed = false;

  /** @param onFailure told when a handler throws or too much is queued: the link must fail. */
  constructor(limits: QueueLimits, onFailure: (error: MoongateError) => void) {
    this.#limits = limits;
    this.#onFailure = onFailure;
  }

  /** What may wait from now on. */
  limit(limits: QueueLimits): void {
    this.#limits = limits;
  }

  deliver(kind: FrameKind, payload: Uint8Array): void {
    if (this.#failed) return;
    const lane = this.#lane(kind);
    const waiter = lane.waiters.shift();
    if (waiter !== undefined) waiter.resolve(payload);
    else if (lane.handler !== undefined) this.#handle(lane.handler, payload);
    else this.#enqueue(kind, lane, payload);
  }

  receive(kind: FrameKind, timeoutMs: number | undefined, peer: string): Promise<Uint8Array> {
    const lane = this.#lane(kind);
    const queued = lane.queue.shift();
    if (queued !== undefined) {
      this.#left(queued);
      return Promise.resolve(queued);
    }
    if (this.#end !== undefined) return rejected(this.#end);
    if (lane.handler !== undefined) {
      return rejected(new MoongateError("INTERNAL", `frames of kind ${kind} go to a handler`));
    }
    const promise = new Promise<Uint8Array>((resolve, reject) => {
      if (timeoutMs === undefined) lane.waiters.push({ resolve, reject });
      else lane.waiters.push(timed(lane, resolve, reject, timeoutMs, kind, peer));
    });
    return quiet(promise);
  }

  subscribe(kind: FrameKind, handler: (payload: Uint8Array) => void): void {
    const lane = this.#lane(kind);
    for (let queued = lane.queue.shift(); queued !== undefined; queued = lane.queue.shift()) {
      this.#left(queued);
      if (!this.#handle(handler, queued)) return;
    }
    lane.handler = handler;
  }

  /** No more frames will come: what is queued may still be received, then `reason` is thrown. */
  finish(reason: MoongateError): void {
    if (this.#end !== undefined) return;
    this.#end = reason;
    for (const lane of this.#lanes.values()) {
      for (const waiter of lane.waiters.splice(0)) waiter.reject(reason);
    }
  }

  /** Does what finish does, and forgets what is queued. */
  fail(reason: MoongateError): void {
    this.#failed = true;
    this.#end = undefined;
    this.finish(reason);
    for (const lane of this.#lanes.values()) lane.queue.length = 0;
    this.#queuedBytes = 0;
    this.#queuedFrames = 0;
  }

  #left(frame: Uint8Array): void {
    this.#queuedBytes -= frame.length;
    this.#queuedFrames -= 1;
  }

  #lane(kind: FrameKind): Lane {
    let lane = this.#lanes.get(kind);
    if (lane === undefined) {
      lane = { queue: [], waiters: [], handler: undefined };
      this.#lanes.set(kind, lane);
    }
    return lane;
  }

  #handle(handler: (payload: Uint8Array) => void, payload: Uint8Array): boolean {
    try {
      handler(payload);
      return true;
    } catch (thrown) {
      this.#onFailure(asMoongateError(thrown));
      return false;
    }
  }

  #enqueue(kind: FrameKind, lane: Lane, payload: Uint8Array): void {
    this.#queuedBytes += payload.length;
    this.#queuedFrames += 1;
    lane.queue.push(payload);
    const { maxQueuedBytes, maxQueuedFrames } = this.#limits;
    const tooLong = this.#queuedFrames > maxQueuedFrames;
    if (this.#queuedBytes <= maxQueuedBytes && !tooLong) return;
    const most = tooLong ? `${maxQueuedFrames} frames` : `${maxQueuedBytes} bytes`;
    const cause = `more than ${most} wait unread, the last of kind ${kind}`;
    this.#onFailure(new MoongateError("FRAME_TOO_LARGE", cause, { details: { kind } }));
  }
}

/** A waiter that gives up with PEER_TIMEOUT. */
function timed(
  lane: Lane,
  resolve: (payload: Uint8Array) => void,
  reject: (error: MoongateError) => void,
  timeoutMs: number,
  kind: FrameKind,
  peer: string,
): Waiter {
  const timer = setTimeout(() => {
    lane.waiters.splice(lane.waiters.indexOf(waiter), 1);
    const cause = `${peer} sent no frame of kind ${kind} within ${timeoutMs} ms`;
    reject(new MoongateError("PEER_TIMEOUT", cause, { details: { kind, peer, timeoutMs } }));
  }, timeoutMs);
  const waiter: Waiter = {
    resolve: (payload) => {
      clearTimeout(timer);
      resolve(payload);
    },
    reject: (error) => {
      clearTimeout(timer);
      reject(error);
    },
  };
  return waiter;
}

/** A rejected promise whose rejection nobody needs to handle: `ended` tells the same reason. */
export function rejected(error: MoongateError): Promise<never> {
  return quiet(Promise.reject(error));
}

/** Keeps a promise nobody has awaited yet from ending the process when it rejects. */
export function quiet<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}
