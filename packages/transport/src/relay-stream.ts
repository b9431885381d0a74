import { at } from "@moongate/errors";
import { Duplex } from "node:stream";
import type { FrameKind, Link } from "./link.ts";

interface Chunk {
  readonly chunk: Uint8Array;
}

/** A TLS record's content is at most 2^14 bytes, sealed at most 256 more (RFC 8446 section 5.2). */
const MAX_RECORD_BYTES = 2 ** 14 + 256;
const RECORD_HEADER_BYTES = 5;

/**
 * Frames of one kind on a link, as the byte stream that Node's TLS wants under it.
 * What TLS writes at once leaves as one frame; ending or destroying it leaves the link alone.
 */
export class RelayStream extends Duplex {
  readonly #outer: Link;
  readonly #kind: FrameKind;
  readonly #cursor = new RecordCursor();

  constructor(outer: Link, kind: FrameKind) {
    super({ allowHalfOpen: false, writableHighWaterMark: 2 ** 20 });
    this.#outer = outer;
    this.#kind = kind;
    outer.subscribe(kind, (payload) => {
      if (this.destroyed) return;
      this.#cursor.advance(payload);
      this.push(payload);
    });
  }

  /** How many whole records came, and whether another one has begun. */
  get cursor(): { readonly records: number; readonly inside: boolean } {
    return this.#cursor;
  }

  override _read(): void {
    // frames are pushed as they come: the link has its own limits
  }

  override _write(chunk: Uint8Array, _encoding: string, done: (error?: Error) => void): void {
    this.#send([chunk], done);
  }

  override _writev(chunks: readonly Chunk[], done: (error?: Error) => void): void {
    this.#send(
      chunks.map(({ chunk }) => chunk),
      done,
    );
  }

  #send(parts: readonly Uint8Array[], done: (error?: Error) => void): void {
    this.#outer.send(this.#kind, ...parts).then(() => {
      done();
    }, done);
  }
}

/**
 * Walks over the record headers of a TLS stream. A header is not sealed: one whose length was
 * made larger would leave TLS waiting for the rest for ever, and this is how we notice.
 */
class RecordCursor {
  records = 0;
  #header: number[] = [];
  #left = 0;

  get inside(): boolean {
    return this.#left > 0 || this.#header.length > 0;
  }

  advance(bytes: Uint8Array): void {
    for (let next = 0; next < bytes.length; ) {
      if (this.#left > 0) {
        const taken = Math.min(this.#left, bytes.length - next);
        this.#left -= taken;
        next += taken;
        if (this.#left === 0) this.records++;
        continue;
      }
      this.#header.push(at(bytes, next++));
      if (this.#header.length < RECORD_HEADER_BYTES) continue;
      const [, , , high = 0, low = 0] = this.#header;
      this.#left = Math.min(high * 256 + low, MAX_RECORD_BYTES); // TLS refuses more by itself
      this.#header = [];
    }
  }
}
