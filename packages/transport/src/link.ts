import type { MoongateError } from "@moongate/errors";
import type { Meter } from "./meter.ts";

/** The name of a message kind: 1 to 7 characters of [a-z]. It travels in the frame header. */
export type FrameKind = string;

/** One message: a kind and its bytes. */
export interface Frame {
  readonly kind: FrameKind;
  readonly payload: Uint8Array;
}

/** Bounds on the frames that one link accepts. */
export interface Limits {
  /** Largest payload of one frame, either way. */
  readonly maxFrameBytes: number;
  /** Most payload bytes that may wait in a link's queues for someone to receive them. */
  readonly maxQueuedBytes: number;
  /** Most frames that may wait there: an empty one takes memory as well. */
  readonly maxQueuedFrames: number;
}

/**
 * An ordered, reliable, two-way line of frames to one peer. Every transport is a Link and
 * passes the same compliance suite; protocols are written against this interface alone.
 */
export interface Link {
  /** Who is at the other end, for messages and logs: "coordinator", "media", "commerce". */
  readonly peer: string;
  readonly meter: Meter;

  /**
   * Send one frame made of the parts in order; the bytes are taken before send returns control,
   * so the caller may reuse its memory at once. Resolves when the transport can take more.
   * Rejects with the error that ended the link. A rejection that nobody handles is harmless:
   * the same reason is told by `ended`. (The same holds for receive.)
   */
  send(kind: FrameKind, ...parts: readonly Uint8Array[]): Promise<void>;

  /**
   * The next frame of that kind, in order of arrival; frames of other kinds keep waiting in
   * their own queues. The memory belongs to the caller and starts at a multiple of 8 bytes in
   * its ArrayBuffer (which it may share with others: mind byteOffset).
   * Rejects with the error that ended the link, or PEER_TIMEOUT.
   */
  receive(
    kind: FrameKind,
    options?: { readonly timeoutMs?: number | undefined },
  ): Promise<Uint8Array>;

  /**
   * Hand every frame of that kind to a handler as it arrives, instead of queueing it
   * (frames queued before are handed over first). What the handler throws fails the link.
   */
  subscribe(kind: FrameKind, handler: (payload: Uint8Array) => void): void;

  /**
   * A secret both ends of this link can derive and nobody else: RFC 5705 / RFC 8446 section 7.5
   * exporter of the TLS connection under the link.
   */
  exportKey(label: string, length: number, context?: Uint8Array): Uint8Array;

  /**
   * Changes what this link accepts from now on: little from a peer that has not joined yet, more
   * in a session. A transport may have a lower limit of its own that stays.
   */
  limit(limits: Partial<Limits>): void;

  /** Orderly end: what was sent arrives first. Idempotent; after fail, waits until the line is cut. */
  close(): Promise<void>;

  /**
   * End the link at once; every waiting and later call rejects with this error. The peer learns
   * its code, nothing else, and ends with PEER_ABORTED. Idempotent.
   */
  fail(error: MoongateError): void;

  /** Resolves when the link has ended: with undefined after an orderly close, else with the reason. */
  readonly ended: Promise<MoongateError | undefined>;
}
