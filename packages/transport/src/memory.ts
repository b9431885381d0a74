import { hkdfSync, randomBytes } from "node:crypto";
import { crossingCode, MoongateError } from "@moongate/errors";
import { BaseLink } from "./base.ts";
import { checkExport } from "./check-export.ts";
import { copyParts } from "./frame.ts";
import type { FrameKind, Link, Limits } from "./link.ts";

export interface MemoryOptions {
  /** Names of the two ends; the first link's `peer` is the second name, and the other way round. */
  readonly names?: readonly [string, string] | undefined;
  /** The seed of exported keys, with the names mixed in; random if absent. */
  readonly seed?: string | undefined;
  /** One-way delay of every frame. */
  readonly latencyMs?: number | undefined;
  /** Bandwidth each way; frames leave one after the other. */
  readonly bytesPerSecond?: number | undefined;
  readonly limits?: Partial<Limits> | undefined;
}

/** Bytes on the way from which on senders are asked to wait. */
const HIGH_WATER = 16 * 2 ** 20;
/** Deliveries in a row as microtasks before timers and sockets get their turn. */
const MICROTASK_RUN = 64;

const READY = Promise.resolve();

/** Two links joined inside one process, for tests and simulations. */
export function memoryPair(options: MemoryOptions = {}): [Link, Link] {
  const [first, second] = options.names ?? ["left", "right"];
  const seed = options.seed ?? randomBytes(32).toString("hex");
  const secret = Buffer.from(JSON.stringify([seed, first, second]));
  const pace = { latencyMs: options.latencyMs ?? 0, bytesPerSecond: options.bytesPerSecond ?? 0 };
  const left = new MemoryLink(second, secret, pace, options.limits);
  const right = new MemoryLink(first, secret, pace, options.limits);
  left.join(right);
  right.join(left);
  return [left, right];
}

interface Pace {
  readonly latencyMs: number;
  readonly bytesPerSecond: number;
}

/** One thing on the way: a frame, or how the sender ended. */
interface Item {
  readonly dueMs: number;
  readonly bytes: number;
  readonly arrive: (receiver: MemoryLink) => void;
  readonly taken: (() => void) | undefined;
}

class MemoryLink extends BaseLink {
  readonly #secret: Uint8Array;
  readonly #pace: Pace;
  readonly #way: Item[] = [];
  #other: MemoryLink | undefined;
  #bytesOnWay = 0;
  #lineFreeMs = 0;
  #scheduled = false;
  #run = 0;

  constructor(peer: string, secret: Uint8Array, pace: Pace, limits?: Partial<Limits>) {
    super(peer, limits);
    this.#secret = secret;
    this.#pace = pace;
  }

  join(other: MemoryLink): void {
    this.#other = other;
  }

  exportKey(label: string, length: number, context: Uint8Array = new Uint8Array()): Uint8Array {
    this.assertOpen();
    checkExport(label, length);
    const info = Buffer.concat([Buffer.from(`EXPORTER-moongate ${label}\0`), context]);
    return new Uint8Array(hkdfSync("sha256", this.#secret, "moongate memory link", info, length));
  }

  protected transmit(kind: FrameKind, parts: readonly Uint8Array[], bytes: number): Promise<void> {
    const payload = copied(parts, bytes);
    const arrive = (receiver: MemoryLink): void => {
      receiver.arrived(kind, payload);
    };
    if (this.#bytesOnWay + bytes <= HIGH_WATER) {
      this.#dispatch(arrive, bytes, undefined);
      return READY;
    }
    return new Promise((resolve) => {
      this.#dispatch(arrive, bytes, resolve);
    });
  }

  protected shut(): Promise<void> {
    return new Promise((resolve) => {
      this.#dispatch(
        (receiver) => {
          receiver.finish();
        },
        0,
        resolve,
      );
    });
  }

  protected abort(error: MoongateError): Promise<void> {
    for (const item of this.#way.splice(0)) item.taken?.();
    this.#bytesOnWay = 0;
    const code = crossingCode(error.code);
    const reason = new MoongateError("PEER_ABORTED", `the peer ended the link: ${code}`, {
      details: { code },
    });
    this.#dispatch(
      (receiver) => {
        receiver.fail(reason);
      },
      0,
      undefined,
    );
    return Promise.resolve();
  }

  #dispatch(arrive: Item["arrive"], bytes: number, taken: Item["taken"]): void {
    this.#bytesOnWay += bytes;
    this.#way.push({ dueMs: this.#dueMs(bytes), bytes, arrive, taken });
    this.#schedule();
  }

  /** When a frame of that size arrives on the simulated line. */
  #dueMs(bytes: number): number {
    const { latencyMs, bytesPerSecond } = this.#pace;
    if (latencyMs === 0 && bytesPerSecond === 0) return 0;
    const starts = Math.max(performance.now(), this.#lineFreeMs);
    this.#lineFreeMs = bytesPerSecond === 0 ? starts : starts + (bytes / bytesPerSecond) * 1000;
    return this.#lineFreeMs + latencyMs;
  }

  /**
   * A microtask is the fastest way to be asynchronous, but microtasks alone would keep timers
   * and sockets waiting for as long as two ends talk: every so often the event loop turns once.
   */
  #schedule(): void {
    const head = this.#way[0];
    if (this.#scheduled || head === undefined) return;
    this.#scheduled = true;
    const flush = (): void => {
      this.#flush();
    };
    const wait = head.dueMs === 0 ? 0 : head.dueMs - performance.now();
    if (wait > 0) setTimeout(flush, wait);
    else if (++this.#run % MICROTASK_RUN === 0) setImmediate(flush);
    else queueMicrotask(flush);
  }

  #flush(): void {
    this.#scheduled = false;
    for (let head = this.#way[0]; head !== undefined; head = this.#way[0]) {
      if (head.dueMs > 0 && head.dueMs > performance.now()) break;
      this.#way.shift();
      this.#bytesOnWay -= head.bytes;
      if (this.#other !== undefined) head.arrive(this.#other);
      head.taken?.();
    }
    this.#schedule();
  }
}

function copied(parts: readonly Uint8Array[], bytes: number): Uint8Array {
  const payload = Buffer.allocUnsafe(bytes);
  copyParts(payload, 0, parts);
  return payload;
}
