import type { Socket } from "node:net";
import type { TLSSocket } from "node:tls";
import { crossingCode, isCrossing, MoongateError } from "@moongate/errors";
import type { RawData, WebSocket } from "ws";
import { BaseLink } from "./base.ts";
import { exportFrom } from "./exporter.ts";
import { copyParts, HEADER_BYTES, headerOf, isControl, readHeader } from "./frame.ts";
import { type Heartbeat, startHeartbeat } from "./heartbeat.ts";
import type { FrameKind, Limits } from "./link.ts";
import { giveBuffer, takeBuffer } from "./send-buffers.ts";
import { brokenConnection, errorCode } from "./tls.ts";
import { MAX_WEBSOCKET_HEADER, writeWebSocketHeader } from "./websocket-frame.ts";

/** Bytes waiting in this process from which on senders are asked to wait. */
const HIGH_WATER = 8 * 2 ** 20;
const PAYLOAD_AT = MAX_WEBSOCKET_HEADER + HEADER_BYTES;
/** Bytes that may have come of a message beyond the largest frame: the rest of what TLS read at once. */
const READ_AHEAD = 2 ** 18;
/** Pings that a peer may send in one beat of ours: each is answered. */
const MOST_PINGS = 64;
/** Bytes that may wait for a peer that sends signs of life and reads nothing. */
const MOST_UNREAD = 256 * 2 ** 20;
/** How long a failing link tries to tell the peer why. */
const FAREWELL_MS = 1000;
/** How long an orderly close waits for the peer's answer. */
const CLOSE_MS = 5000;
/** WebSocket close codes: RFC 6455 section 7.4, and one of the range for private use. */
const CLOSE = { normal: 1000, goingAway: 1001, lost: 1006, tooLarge: 1009, aborted: 4000 } as const;

export interface LinkSettings {
  readonly limits?: Partial<Limits> | undefined;
  readonly heartbeat?: Partial<Heartbeat> | undefined;
}

/** Bytes of the TCP connection: TLS and WebSocket framing, handshakes and pings included. */
export interface WireBytes {
  readonly sent: number;
  readonly received: number;
}

/** The layers of one connection. */
interface Connection {
  readonly ws: WebSocket;
  readonly tls: TLSSocket;
  /** The TCP socket, for the byte counts. */
  readonly raw: Socket;
  readonly side: "client" | "server";
}

/**
 * A link over one WebSocket on one TLS 1.3 connection whose certificates have been checked.
 * Every frame is one binary message: header, then payload.
 */
export class WebSocketLink extends BaseLink {
  readonly #ws: WebSocket;
  readonly #tls: TLSSocket;
  readonly #raw: Socket;
  readonly #masked: boolean;
  readonly #closed: Promise<void>;
  readonly #stopHeartbeat: () => void;
  #paused = 0;
  #pings = 0;
  /** Bytes that came and are no message yet. */
  #unfinished = 0;

  constructor(connection: Connection, peer: string, settings: LinkSettings) {
    super(peer, settings.limits);
    const { ws, tls, raw, side } = connection;
    this.#masked = side === "client";
    this.#ws = ws;
    this.#tls = tls;
    this.#raw = raw;
    tls.setNoDelay(true);
    this.#stopHeartbeat = startHeartbeat(settings.heartbeat ?? {}, {
      received: () => raw.bytesRead + this.#paused,
      beat: () => {
        this.#pings = 0;
        if (tls.writableLength > MOST_UNREAD) {
          this.fail(new MoongateError("PEER_LOST", `${peer} reads nothing`, { details: { peer } }));
          return;
        }
        if (ws.isPaused) this.#paused++; // silence of our own making is not the peer's
        if (ws.readyState === ws.OPEN) ws.ping();
      },
      onDead: () => {
        this.fail(new MoongateError("PEER_LOST", `${peer} has gone silent`, { details: { peer } }));
      },
    });
    // Before the listener of ws, so that what it makes messages of is counted already.
    tls.prependListener("data", (chunk: Buffer) => {
      this.#count(chunk.length);
    });
    ws.on("ping", (data) => {
      this.#count(-wireLength(data.length, side));
      if (++this.#pings <= MOST_PINGS || !this.isOpen) return;
      const cause = `${peer} sent more than ${MOST_PINGS} pings in a beat`;
      this.fail(new MoongateError("FRAME_INVALID", cause, { details: { field: "ping" } }));
    });
    ws.on("pong", (data) => {
      this.#count(-wireLength(data.length, side));
    });
    ws.on("message", (data, isBinary) => {
      this.#count(-wireLength(data instanceof Buffer ? data.length : 0, side));
      this.#onMessage(data, isBinary);
    });
    ws.on("error", (error) => {
      this.fail(this.#explain(error));
    });
    this.#closed = new Promise((resolve) => {
      ws.once("close", (code, reason) => {
        this.#stopHeartbeat();
        this.#onClose(code, reason.toString());
        resolve();
      });
    });
  }

  /** Real bytes of the connection so far, for reports. */
  wireBytes(): WireBytes {
    return { sent: this.#raw.bytesWritten, received: this.#raw.bytesRead };
  }

  exportKey(label: string, length: number, context?: Uint8Array): Uint8Array {
    this.assertOpen();
    return exportFrom(this.#tls, label, length, context);
  }

  /** Stops reading the connection until resume, for relays that read faster than they can write. */
  pause(): void {
    this.#ws.pause();
  }

  resume(): void {
    this.#ws.resume();
  }

  protected transmit(kind: FrameKind, parts: readonly Uint8Array[], bytes: number): Promise<void> {
    if (this.#ws.readyState !== this.#ws.OPEN) return Promise.resolve(); // the end is on its way
    const memory = takeBuffer(PAYLOAD_AT + bytes);
    memory.set(headerOf(kind), MAX_WEBSOCKET_HEADER);
    copyParts(memory, PAYLOAD_AT, parts);
    const length = HEADER_BYTES + bytes;
    const start = writeWebSocketHeader(memory, MAX_WEBSOCKET_HEADER, length, this.#masked);
    // Between the frames that ws itself writes (pings, close), each of them whole.
    const isFull = this.#tls.writableLength >= HIGH_WATER;
    return new Promise((resolve) => {
      this.#tls.write(memory.subarray(start, PAYLOAD_AT + bytes), (error) => {
        if (error == null) giveBuffer(memory);
        resolve(); // an error ends the link, which later calls report
      });
      if (!isFull) resolve();
    });
  }

  protected shut(): Promise<void> {
    this.#ws.resume();
    this.#ws.close(CLOSE.normal);
    this.#cutAfter(CLOSE_MS);
    return this.#closed;
  }

  protected abort(error: MoongateError): Promise<void> {
    this.#stopHeartbeat();
    if (error.code === "PEER_LOST" || this.#ws.readyState !== this.#ws.OPEN) {
      this.#ws.terminate();
      return this.#closed;
    }
    this.#ws.resume(); // a paused socket would never see the peer's answer
    const code = crossingCode(error.code);
    this.#ws.close(code === "FRAME_TOO_LARGE" ? CLOSE.tooLarge : CLOSE.aborted, code);
    this.#cutAfter(FAREWELL_MS);
    return this.#closed;
  }

  #cutAfter(milliseconds: number): void {
    const timer = setTimeout(() => {
      this.#ws.terminate();
    }, milliseconds);
    void this.#closed.then(() => {
      clearTimeout(timer);
    });
  }

  /**
   * ws gathers a message up to the largest frame there is; a link with a lower limit cannot wait
   * until it is whole.
   */
  #count(bytes: number): void {
    this.#unfinished = Math.max(0, this.#unfinished + bytes);
    if (this.#unfinished <= this.limits.maxFrameBytes + READ_AHEAD || !this.isOpen) return;
    this.fail(new MoongateError("FRAME_TOO_LARGE", `${this.peer} sent a frame above the limit`));
  }

  #onMessage(data: RawData, isBinary: boolean): void {
    if (!this.isOpen) return;
    try {
      if (!isBinary || !(data instanceof Buffer)) {
        throw new MoongateError("FRAME_INVALID", `${this.peer} sent text instead of a frame`, {
          details: { field: "type" },
        });
      }
      const kind = readHeader(data);
      if (isControl(kind)) {
        throw new MoongateError("FRAME_INVALID", `${this.peer} sent a reserved frame kind`, {
          details: { field: "kind" },
        });
      }
      this.arrived(kind, aligned(data.subarray(HEADER_BYTES)));
    } catch (thrown) {
      this.fail(brokenConnection(thrown, this.peer));
    }
  }

  #explain(error: Error): MoongateError {
    const code = errorCode(error) ?? "";
    if (code === "WS_ERR_UNSUPPORTED_MESSAGE_LENGTH") {
      return new MoongateError("FRAME_TOO_LARGE", `${this.peer} sent a frame above the limit`);
    }
    if (code.startsWith("WS_ERR_")) {
      return new MoongateError("FRAME_INVALID", `${this.peer} broke the WebSocket protocol`, {
        cause: error,
        details: { field: "message" },
      });
    }
    return brokenConnection(error, this.peer);
  }

  #onClose(code: number, reason: string): void {
    if (code === CLOSE.normal || code === CLOSE.goingAway) this.finish();
    else if (code === CLOSE.lost) {
      this.fail(new MoongateError("PEER_LOST", `the connection to ${this.peer} broke`));
    } else if (code === CLOSE.tooLarge) {
      this.fail(new MoongateError("FRAME_TOO_LARGE", `${this.peer} refused a frame for its size`));
    } else this.fail(aborted(this.peer, reason));
  }
}

/** Bytes of a whole WebSocket frame with that payload, as its sender writes it. */
function wireLength(payload: number, receiver: Connection["side"]): number {
  const length = payload < 126 ? 2 : payload < 65_536 ? 4 : 10;
  return payload + length + (receiver === "server" ? 4 : 0);
}

/** PEER_ABORTED with the peer's code, believed only if it is one of ours. */
export function aborted(peer: string, code: string): MoongateError {
  const known = isCrossing(code) ? code : "without a reason";
  return new MoongateError("PEER_ABORTED", `${peer} ended the link: ${known}`, {
    details: { peer, code: known },
  });
}

/** Moves a small message out of the middle of what the socket read, so that views can be 64-bit. */
function aligned(payload: Buffer): Buffer {
  if (payload.byteOffset % 8 === 0) return payload;
  const copy = Buffer.allocUnsafe(payload.length);
  copy.set(payload);
  return copy;
}
