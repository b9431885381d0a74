import { at, MoongateError } from "@moongate/errors";
import type { FrameKind, Limits } from "./link.ts";

/**
 * The frame header: one version byte, then the kind in 7 bytes of ASCII padded with NUL.
 * Eight bytes, so that a payload behind it stays aligned for 64-bit views.
 *
 * Checked by hand, not by a zod schema: one header costs some 30 ns this way and 700 ns by zod,
 * and a training step reads dozens. The refusals are the same: FRAME_INVALID with the field.
 */
export const HEADER_BYTES = 8;
export const FRAME_VERSION = 1;

export const DEFAULT_LIMITS: Limits = {
  maxFrameBytes: 64 * 2 ** 20,
  maxQueuedBytes: 2 ** 30,
  maxQueuedFrames: 2 ** 16,
};

const MAX_KIND = 7;
const DASH = 45;
const headers = new Map<FrameKind, Uint8Array>();
const kinds = new Map<number, FrameKind>();

/**
 * The eight header bytes of a kind (shared: copy, do not change).
 * Kinds that begin with a dash are the transports' own control frames.
 * @throws MoongateError FRAME_INVALID when the kind is not 1 to 7 letters of [a-z].
 */
export function headerOf(kind: FrameKind): Uint8Array {
  const known = headers.get(kind);
  if (known !== undefined) return known;
  if (!/^[a-z]{1,7}$/.test(kind) && !/^-[a-z]{1,6}$/.test(kind)) {
    throw invalid("kind", "a frame kind has 1 to 7 letters of [a-z]");
  }
  const header = new Uint8Array(HEADER_BYTES);
  header[0] = FRAME_VERSION;
  for (let at = 0; at < kind.length; at++) header[at + 1] = kind.charCodeAt(at);
  if (headers.size < 1024) headers.set(kind, header);
  return header;
}

/**
 * The kind in a header received from a peer.
 * @throws MoongateError FRAME_INVALID naming the field: length, version, kind or padding.
 */
export function readHeader(bytes: Uint8Array): FrameKind {
  if (bytes.length < HEADER_BYTES) throw invalid("length", "a frame is shorter than its header");
  if (bytes[0] !== FRAME_VERSION) throw invalid("version", "a frame has another version");
  let key = 0;
  let length = 0;
  for (; length < MAX_KIND; length++) {
    const byte = at(bytes, length + 1);
    if (byte === 0) break;
    const letter = byte - 96;
    const control = byte === DASH && length === 0;
    if (!control && (letter < 1 || letter > 26)) throw invalid("kind", "a frame kind is not [a-z]");
    key = key * 32 + (control ? 27 : letter);
  }
  for (let index = length + 1; index < HEADER_BYTES; index++) {
    if (bytes[index] !== 0) throw invalid("padding", "a frame kind is not padded with NUL");
  }
  const known = kinds.get(key);
  if (known !== undefined) return known;
  if (length === 0 || key === 27) throw invalid("kind", "a frame has no kind");
  const kind = String.fromCharCode(...bytes.subarray(1, length + 1));
  if (kinds.size < 1024) kinds.set(key, kind);
  return kind;
}

/** True if a kind is a transport's own, which no caller may send and no peer may send through. */
export function isControl(kind: FrameKind): boolean {
  return kind.charCodeAt(0) === DASH;
}

/** Refuses a payload above the limit: FRAME_TOO_LARGE. */
export function checkSize(kind: FrameKind, bytes: number, limits: Limits): void {
  if (bytes <= limits.maxFrameBytes) return;
  throw new MoongateError(
    "FRAME_TOO_LARGE",
    `a frame of kind ${kind} has ${bytes} bytes and the limit is ${limits.maxFrameBytes}`,
    { details: { kind, bytes, limit: limits.maxFrameBytes } },
  );
}

/** The number of bytes in all parts together. */
export function totalBytes(parts: readonly Uint8Array[]): number {
  let bytes = 0;
  for (const part of parts) bytes += part.length;
  return bytes;
}

/** Copies the parts one after the other to `target`, from `offset` on. */
export function copyParts(target: Uint8Array, offset: number, parts: readonly Uint8Array[]): void {
  let at = offset;
  for (const part of parts) {
    target.set(part, at);
    at += part.length;
  }
}

function invalid(field: string, cause: string): MoongateError {
  return new MoongateError("FRAME_INVALID", cause, { details: { field } });
}
