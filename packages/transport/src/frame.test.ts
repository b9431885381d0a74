import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HEADER_BYTES, headerOf, readHeader } from "./frame.ts";
import { FrameReader, streamBytes, writeFrame } from "./frame-reader.ts";
import { pattern } from "./testing/compliance.ts";

const kinds = fc.stringMatching(/^[a-z]{1,7}$/);
const limits = { maxFrameBytes: 1000, maxQueuedBytes: 1000, maxQueuedFrames: 100 };

describe("header", () => {
  it("is the version and the kind, padded with NUL", () => {
    expect([...headerOf("relay")]).toEqual([1, 0x72, 0x65, 0x6c, 0x61, 0x79, 0, 0]);
  });

  it("reads back every kind (property)", () => {
    fc.assert(
      fc.property(kinds, (kind) => {
        expect(readHeader(headerOf(kind))).toBe(kind);
      }),
    );
  });

  it("accepts exactly the headers it would write (property)", () => {
    const bytes = fc.tuple(
      fc.constantFrom(1, 1, 1, 0, 2),
      ...Array.from({ length: 7 }, () => fc.constantFrom(0, 0, 97, 122, 96, 123, 45, 255)),
    );
    fc.assert(
      fc.property(bytes, (header) => {
        let kind: string;
        try {
          kind = readHeader(Uint8Array.from(header));
        } catch (error) {
          expect(error).toMatchObject({ code: "FRAME_INVALID" });
          return;
        }
        expect([...headerOf(kind)]).toEqual(header);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ["length", [1, 97, 0]],
    ["version", [2, 97, 0, 0, 0, 0, 0, 0]],
    ["kind", [1, 0, 0, 0, 0, 0, 0, 0]],
    ["kind", [1, 45, 0, 0, 0, 0, 0, 0]],
    ["kind", [1, 97, 45, 0, 0, 0, 0, 0]],
    ["padding", [1, 97, 0, 0, 0, 0, 0, 97]],
  ])("names the field: %s", (field, bytes) => {
    expect(() => readHeader(Uint8Array.from(bytes))).toThrow(
      expect.objectContaining({ code: "FRAME_INVALID", details: { field } }) as Error,
    );
  });
});

describe("FrameReader", () => {
  const frames = fc.array(fc.record({ kind: kinds, bytes: fc.nat(300) }), { maxLength: 10 });

  it("finds the frames however the stream was cut (property)", () => {
    fc.assert(
      fc.property(
        frames,
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }),
        (sent, cuts) => {
          const stream = Buffer.concat(
            sent.map(({ kind, bytes }, n) => {
              const frame = Buffer.alloc(streamBytes(bytes));
              writeFrame(frame, kind, [pattern(bytes, n)]);
              return frame;
            }),
          );
          const found: { kind: string; payload: Uint8Array }[] = [];
          const reader = new FrameReader(limits, (kind, payload) => found.push({ kind, payload }));
          for (let at = 0, n = 0; at < stream.length; n++) {
            const size = cuts[n % cuts.length] ?? 1;
            reader.push(stream.subarray(at, at + size));
            at += size;
          }
          expect(found.map(({ kind }) => kind)).toEqual(sent.map(({ kind }) => kind));
          found.forEach(({ payload }, n) => {
            expect([...payload]).toEqual([...pattern(sent[n]?.bytes ?? 0, n)]);
            expect(payload.byteOffset % 8).toBe(0);
          });
        },
      ),
    );
  });

  it("refuses a length above the limit before it makes room for it", () => {
    const reader = new FrameReader(limits, () => undefined);
    const prefix = Buffer.alloc(streamBytes(0));
    prefix.set(headerOf("data"));
    prefix.writeUInt32LE(0xffffffff, HEADER_BYTES);
    expect(() => {
      reader.push(prefix);
    }).toThrow(expect.objectContaining({ code: "FRAME_TOO_LARGE" }) as Error);
  });
});
