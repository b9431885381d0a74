import type { TLSSocket } from "node:tls";
import { crossingCode, MoongateError } from "@moongate/errors";
import { BaseLink } from "./base.ts";
import { exportFrom } from "./exporter.ts";
import { isControl } from "./frame.ts";
import { FrameReader, streamBytes, unknownControl, writeFrame } from "./frame-reader.ts";
import { startHeartbeat } from "./heartbeat.ts";
import type { FrameKind } from "./link.ts";
import type { RelayStream } from "./relay-stream.ts";
import { giveBuffer, takeBuffer } from "./send-buffers.ts";
import { brokenConnection } from "./tls.ts";
import { aborted, type LinkSettings } from "./websocket-link.ts";

/** Bytes waiting in this process from which on senders are asked to wait. */
const HIGH_WATER = 8 * 2 ** 20;
const FAREWELL_MS = 1000;
const CLOSE_MS = 5000;
/** Beats after which a record that does not become whole counts as cut short. */
const STUCK_BEATS = 3;

const ACCEPT = Uint8Array.of(1);
const REFUSE = Uint8Array.of(0);

/**
 * A link over TLS inside another link. It accepts frames only after both ends have said, under
 * TLS, that the other's certificate is the pinned one (see innerChannel).
 */
export class InnerLink extends BaseLink {
  readonly #tls: TLSSocket;
  readonly #stream: RelayStream;
  readonly #stopHeartbeat: () => void;
  readonly #closed: Promise<void>;
  /** Resolves when the peer has accepted our certificate. */
  readonly accepted: Promise<void>;
  #accept: () => void = () => undefined;
  #isAccepted = false;
  #chunks = 0;
  #quiet = true;
  #stuckAt = -1;
  #stuckBeats = 0;

  constructor(tls: TLSSocket, stream: RelayStream, peer: string, settings: LinkSettings) {
    super(peer, settings.limits);
    this.#tls = tls;
    this.#stream = stream;
    this.accepted = new Promise((resolve) => {
      this.#accept = resolve;
    });
    const reader = new FrameReader(this.limits, (kind, payload) => {
      this.#onFrame(kind, payload);
    });
    tls.on("data", (chunk: Buffer) => {
      this.#chunks++;
      if (!this.isOpen) return;
      try {
        reader.push(chunk);
      } catch (thrown) {
        this.fail(brokenConnection(thrown, peer));
      }
    });
    tls.on("error", (error) => {
      this.fail(brokenConnection(error, peer));
    });
    tls.on("end", () => {
      // The stream below never ends by itself, so this is the peer's sealed close_notify.
      this.finish();
    });
    this.#closed = new Promise((resolve) => {
      tls.once("close", () => {
        this.#stopHeartbeat();
        this.fail(new MoongateError("PEER_LOST", `the inner channel to ${peer} broke`));
        resolve();
      });
    });
    this.#stopHeartbeat = startHeartbeat(settings.heartbeat ?? {}, {
      received: () => this.#chunks,
      beat: () => {
        this.#beat();
      },
      onDead: () => {
        this.fail(new MoongateError("PEER_LOST", `${peer} has gone silent`, { details: { peer } }));
      },
    });
  }

  /** Tell the peer whether its certificate is the pinned one. */
  sayVerdict(accept: boolean): void {
    this.#control("-hello", accept ? ACCEPT : REFUSE);
  }

  exportKey(label: string, length: number, context?: Uint8Array): Uint8Array {
    this.assertOpen();
    return exportFrom(this.#tls, label, length, context);
  }

  protected transmit(kind: FrameKind, parts: readonly Uint8Array[], bytes: number): Promise<void> {
    this.#quiet = false;
    const memory = takeBuffer(streamBytes(bytes));
    writeFrame(memory, kind, parts);
    const isFull = this.#tls.writableLength >= HIGH_WATER;
    return new Promise((resolve) => {
      this.#tls.write(memory.subarray(0, streamBytes(bytes)), (error) => {
        if (error == null) giveBuffer(memory);
        resolve(); // an error ends the link, which later calls report
      });
      if (!isFull) resolve();
    });
  }

  protected shut(): Promise<void> {
    this.#tls.end();
    this.#cutAfter(CLOSE_MS);
    return this.#closed;
  }

  protected abort(error: MoongateError): Promise<void> {
    this.#stopHeartbeat();
    if (this.#tls.destroyed || error.code === "PEER_LOST") {
      this.#tls.destroy();
      return this.#closed;
    }
    this.#control("-abort", Buffer.from(crossingCode(error.code)));
    this.#tls.end();
    this.#cutAfter(FAREWELL_MS);
    return this.#closed;
  }

  #cutAfter(milliseconds: number): void {
    const timer = setTimeout(() => {
      this.#tls.destroy();
    }, milliseconds);
    void this.#closed.then(() => {
      clearTimeout(timer);
    });
  }

  #onFrame(kind: FrameKind, payload: Uint8Array): void {
    if (!isControl(kind)) {
      if (!this.#isAccepted) throw unknownControl(kind, this.peer);
      this.arrived(kind, payload);
    } else if (kind === "-hello" && !this.#isAccepted) this.#onVerdict(payload);
    else if (kind === "-abort")
      this.fail(aborted(this.peer, Buffer.from(payload).toString("latin1")));
    else if (kind !== "-ping") throw unknownControl(kind, this.peer);
  }

  #onVerdict(payload: Uint8Array): void {
    if (payload[0] !== ACCEPT[0]) {
      throw new MoongateError("PEER_UNTRUSTED", `${this.peer} does not trust this certificate`, {
        cure: "Have the other side pin the fingerprint of the certificate used here.",
      });
    }
    this.#isAccepted = true;
    this.#accept();
  }

  #control(kind: FrameKind, payload: Uint8Array = new Uint8Array()): void {
    if (this.#tls.destroyed || !this.#tls.writable) return;
    const message = Buffer.alloc(streamBytes(payload.length));
    writeFrame(message, kind, [payload]);
    this.#tls.write(message);
  }

  /** A sign of life if nothing else was said, and a look whether a record is stuck halfway. */
  #beat(): void {
    if (this.#quiet) this.#control("-ping");
    this.#quiet = true;
    const { records, inside } = this.#stream.cursor;
    this.#stuckBeats = inside && records === this.#stuckAt ? this.#stuckBeats + 1 : 0;
    this.#stuckAt = records;
    if (this.#stuckBeats < STUCK_BEATS) return;
    const cause = `what came from ${this.peer} ends in the middle of a record`;
    this.fail(new MoongateError("FRAME_TAMPERED", cause, { details: { peer: this.peer } }));
  }
}
