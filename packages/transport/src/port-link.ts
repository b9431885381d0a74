import { concat, hkdf, utf8 } from "@moongate/crypto";
import { crossingCode, MoongateError } from "@moongate/errors";
import { BaseLink } from "./base.ts";
import { checkExport } from "./check-export.ts";
import { copyParts } from "./frame.ts";
import type { FrameKind, Limits } from "./link.ts";

/** What a MessagePort of a browser and one of Node have in common. */
export interface Port {
  postMessage(message: unknown, transfer: ArrayBuffer[]): void;
  addEventListener(type: "message", listener: (event: Event) => void): void;
  start(): void;
  close(): void;
}

export interface PortOptions {
  /** Who is at the other end. */
  readonly peer: string;
  /** The secret that exported keys are derived from; both ends are given the same bytes. */
  readonly secret: Uint8Array;
  readonly limits?: Partial<Limits>;
}

/** What crosses a port: a frame, word that bytes were taken, or how the sender ended. */
type Message =
  | { readonly kind: FrameKind; readonly payload: Uint8Array<ArrayBuffer> }
  | { readonly taken: number }
  | { readonly end: "closed" }
  | { readonly end: "closing seen" }
  | { readonly end: "failed"; readonly code: string };

/** Bytes on the way from which on senders are asked to wait. */
const HIGH_WATER = 16 * 2 ** 20;

/**
 * A link over a MessagePort: between workers of one browser tab, or of one Node process. Frames
 * are handed over, not copied twice. NO SECRECY: whoever owns the tab sees everything, and exported
 * keys come from a secret that the owner gave both ends.
 */
export class PortLink extends BaseLink {
  readonly #port: Port;
  readonly #secret: Uint8Array;
  readonly #waiting: (() => void)[] = [];
  #onWay = 0;
  #closingSeen: () => void = () => undefined;

  constructor(port: Port, options: PortOptions) {
    super(options.peer, options.limits);
    this.#port = port;
    this.#secret = options.secret;
    port.addEventListener("message", (event) => {
      this.#take((event as MessageEvent).data as Message);
    });
    port.start();
  }

  exportKey(label: string, length: number, context: Uint8Array = new Uint8Array()): Uint8Array {
    this.assertOpen();
    checkExport(label, length);
    const info = concat(utf8(`EXPORTER-moongate ${label}\0`), context);
    return hkdf(this.#secret, "moongate port link", info, length);
  }

  protected transmit(kind: FrameKind, parts: readonly Uint8Array[], bytes: number): Promise<void> {
    const payload = new Uint8Array(bytes);
    copyParts(payload, 0, parts);
    this.#post({ kind, payload }, [payload.buffer]);
    this.#onWay += bytes;
    if (this.#onWay <= HIGH_WATER) return READY;
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
    });
  }

  protected shut(): Promise<void> {
    return new Promise((resolve) => {
      this.#closingSeen = resolve;
      this.#post({ end: "closed" });
    });
  }

  protected abort(error: MoongateError): Promise<void> {
    this.#release();
    this.#closingSeen();
    this.#post({ end: "failed", code: crossingCode(error.code) });
    // A closed port still delivers what was posted; without this Node's process would not end.
    this.#port.close();
    return READY;
  }

  #post(message: Message, transfer: ArrayBuffer[] = []): void {
    this.#port.postMessage(message, transfer);
  }

  #take(message: Message): void {
    if ("payload" in message) {
      this.#post({ taken: message.payload.length });
      this.arrived(message.kind, message.payload);
    } else if ("taken" in message) {
      this.#onWay -= message.taken;
      if (this.#onWay <= HIGH_WATER) this.#release();
    } else if (message.end === "failed") {
      const { code } = message;
      this.fail(
        new MoongateError("PEER_ABORTED", `the peer ended the link: ${code}`, {
          details: { code },
        }),
      );
    } else if (message.end === "closed") {
      this.#post({ end: "closing seen" });
      this.#release();
      this.#closingSeen();
      this.finish();
    } else {
      this.#closingSeen();
      this.#port.close();
    }
  }

  #release(): void {
    for (const resume of this.#waiting.splice(0)) resume();
  }
}

const READY = Promise.resolve();
