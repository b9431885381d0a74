import { MoongateError } from "@moongate/errors";
import type { FrameKind, Link } from "@moongate/transport/ports";

/**
 * A list of equal-sized records on a link: one header frame with their number, then frames that
 * are all full except the last. The receiver therefore knows the length every frame must have.
 */
export interface RecordFormat {
  readonly kind: FrameKind;
  /** Bytes of one record. */
  readonly width: number;
  /** Records in a full frame; width x perFrame stays below 4 MiB. */
  readonly perFrame: number;
}

/** The side that a list is from; a list from the wrong side is refused. */
export type Sender = "media" | "commerce" | "coordinator" | "party";

export interface ReceiveOptions {
  readonly timeoutMs: number;
  readonly maxRecords: number;
  /** Refuse a shorter list too. */
  readonly exactly?: boolean | undefined;
  readonly from: Sender;
}

/** Most ids of one party: the coordinator then holds 256 MiB of tags a party. */
export const MAX_IDS = 2 ** 24;

/** Patience with a peer between two frames. */
export const DEFAULT_TIMEOUT_MS = 120_000;

/** One received frame: records `first` .. of the list. */
export interface RecordFrame {
  readonly first: number;
  readonly bytes: Uint8Array;
}

export interface IncomingRecords {
  readonly count: number;
  readonly frames: AsyncIterable<RecordFrame>;
}

export const RECORD_HEADER_BYTES = 8;
const VERSION = 1;
const SENDER_CODE: Readonly<Record<Sender, number>> = {
  party: 0,
  media: 1,
  commerce: 2,
  coordinator: 3,
};

/** Refuses a table above MAX_IDS before anything is sent. */
export function refuseTooMany(count: number): void {
  if (count <= MAX_IDS) return;
  throw new MoongateError("FRAME_TOO_LARGE", `${count} ids are more than the limit of ${MAX_IDS}`, {
    cure: "Align a smaller table.",
    details: { count, limit: MAX_IDS },
  });
}

/** Announces a list; its frames follow with `link.send(format.kind, ...)`. */
export function sendHeader(
  link: Link,
  format: RecordFormat,
  count: number,
  from: Sender,
): Promise<void> {
  const header = new Uint8Array(RECORD_HEADER_BYTES);
  const view = new DataView(header.buffer);
  view.setUint8(0, VERSION);
  view.setUint8(1, SENDER_CODE[from]);
  view.setUint16(2, format.width, true);
  view.setUint32(4, count, true);
  return link.send(format.kind, header);
}

/** Sends a whole list that is in memory. */
export async function sendRecords(
  link: Link,
  format: RecordFormat,
  records: Uint8Array,
  from: Sender,
): Promise<void> {
  await sendHeader(link, format, records.length / format.width, from);
  const step = format.perFrame * format.width;
  for (let at = 0; at < records.length; at += step) {
    await link.send(format.kind, records.subarray(at, at + step));
  }
}

/**
 * Waits for a list's header and checks it.
 * @throws MoongateError FRAME_INVALID naming the field, FRAME_TOO_LARGE above maxRecords,
 *   PEER_TIMEOUT; while iterating, FRAME_INVALID for a frame of another length than declared.
 */
export async function openRecords(
  link: Link,
  format: RecordFormat,
  options: ReceiveOptions,
): Promise<IncomingRecords> {
  const header = await link.receive(format.kind, { timeoutMs: options.timeoutMs });
  const count = readHeader(header, format, options, link.peer);
  return { count, frames: frames(link, format, count, options.timeoutMs) };
}

/** Waits for a whole list. @throws as openRecords */
export async function receiveRecords(
  link: Link,
  format: RecordFormat,
  options: ReceiveOptions,
): Promise<Uint8Array> {
  const incoming = await openRecords(link, format, options);
  const records = new Uint8Array(incoming.count * format.width);
  for await (const { first, bytes } of incoming.frames) records.set(bytes, first * format.width);
  return records;
}

async function* frames(
  link: Link,
  format: RecordFormat,
  count: number,
  timeoutMs: number,
): AsyncGenerator<RecordFrame> {
  for (let first = 0; first < count; first += format.perFrame) {
    const bytes = await link.receive(format.kind, { timeoutMs });
    const expected = Math.min(format.perFrame, count - first) * format.width;
    if (bytes.length !== expected) {
      const cause = `${link.peer} sent a frame of ${bytes.length} bytes where its list needs ${expected}`;
      throw invalid("records", cause, format);
    }
    yield { first, bytes };
  }
}

function readHeader(
  header: Uint8Array,
  format: RecordFormat,
  { maxRecords, exactly = false, from }: ReceiveOptions,
  peer: string,
): number {
  if (header.length !== RECORD_HEADER_BYTES) {
    throw invalid("header", `${peer} began a list with ${header.length} bytes`, format);
  }
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
  if (view.getUint8(0) !== VERSION) {
    throw invalid("version", `${peer} sent a list of another version`, format);
  }
  if (view.getUint8(1) !== SENDER_CODE[from]) {
    throw invalid("sender", `${peer} sent a list that is not from ${from}`, format);
  }
  if (view.getUint16(2, true) !== format.width) {
    throw invalid("width", `${peer} sent a list with records of another width`, format);
  }
  const count = view.getUint32(4, true);
  if (count > maxRecords) {
    const cause = `${peer} announced ${count} records and the limit is ${maxRecords}`;
    throw new MoongateError("FRAME_TOO_LARGE", cause, {
      details: { kind: format.kind, field: "count", count, limit: maxRecords },
    });
  }
  if (exactly && count !== maxRecords) {
    throw invalid("count", `${peer} announced ${count} records instead of ${maxRecords}`, format);
  }
  return count;
}

function invalid(field: string, cause: string, format: RecordFormat): MoongateError {
  return new MoongateError("FRAME_INVALID", cause, { details: { kind: format.kind, field } });
}
