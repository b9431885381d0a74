import { MoongateError } from "@moongate/errors";
import { checkSize, copyParts, HEADER_BYTES, headerOf, readHeader, totalBytes } from "./frame.ts";
import type { FrameKind, Limits } from "./link.ts";

/** A frame on a byte stream is: header (8 bytes), payload length (4 bytes, little endian), payload. */
const PREFIX_BYTES = HEADER_BYTES + 4;

/** How many bytes a payload takes on a stream. */
export function streamBytes(payloadBytes: number): number {
  return PREFIX_BYTES + payloadBytes;
}

/** Writes one frame to the start of `target`, which has room for it. */
export function writeFrame(target: Buffer, kind: FrameKind, parts: readonly Uint8Array[]): void {
  target.set(headerOf(kind), 0);
  target.writeUInt32LE(totalBytes(parts), HEADER_BYTES);
  copyParts(target, PREFIX_BYTES, parts);
}

/**
 * Cuts a byte stream back into frames. Every payload is gathered in memory of its own, which
 * starts at a multiple of 8 bytes.
 */
export class FrameReader {
  readonly #limits: Limits;
  readonly #onFrame: (kind: FrameKind, payload: Uint8Array) => void;
  readonly #prefix = Buffer.alloc(PREFIX_BYTES);
  #prefixFilled = 0;
  #kind: FrameKind = "";
  #payload: Buffer | undefined;
  #filled = 0;

  constructor(limits: Limits, onFrame: (kind: FrameKind, payload: Uint8Array) => void) {
    this.#limits = limits;
    this.#onFrame = onFrame;
  }

  /** @throws MoongateError FRAME_INVALID, FRAME_TOO_LARGE, and what onFrame throws. */
  push(chunk: Uint8Array): void {
    let at = 0;
    while (at < chunk.length) {
      if (this.#payload === undefined) at += this.#readPrefix(chunk, at);
      if (this.#payload !== undefined) at += this.#readPayload(this.#payload, chunk, at);
    }
  }

  #readPrefix(chunk: Uint8Array, at: number): number {
    const taken = Math.min(PREFIX_BYTES - this.#prefixFilled, chunk.length - at);
    this.#prefix.set(chunk.subarray(at, at + taken), this.#prefixFilled);
    this.#prefixFilled += taken;
    if (this.#prefixFilled < PREFIX_BYTES) return taken;
    this.#prefixFilled = 0;
    this.#kind = readHeader(this.#prefix);
    const bytes = this.#prefix.readUInt32LE(HEADER_BYTES);
    checkSize(this.#kind, bytes, this.#limits);
    this.#payload = Buffer.allocUnsafe(bytes);
    this.#filled = 0;
    return taken;
  }

  #readPayload(payload: Buffer, chunk: Uint8Array, at: number): number {
    const taken = Math.min(payload.length - this.#filled, chunk.length - at);
    payload.set(chunk.subarray(at, at + taken), this.#filled);
    this.#filled += taken;
    if (this.#filled < payload.length) return taken;
    this.#payload = undefined;
    this.#onFrame(this.#kind, payload);
    return taken;
  }
}

/** FRAME_INVALID for a control frame that means nothing here. */
export function unknownControl(kind: FrameKind, peer: string): MoongateError {
  return new MoongateError("FRAME_INVALID", `${peer} sent a control frame ${kind} out of place`, {
    details: { field: "kind", kind },
  });
}
