import { MoongateError } from "@moongate/errors";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Link } from "../link.ts";

/** A fresh pair of joined links, whose payload limit is 32 MiB, and what takes it down again. */
export interface LinkPair {
  readonly left: Link;
  readonly right: Link;
  readonly stop: () => Promise<void>;
}

const MIB = 2 ** 20;

/** What every transport must do. One suite for all, so that protocols need not know which they have. */
export function linkCompliance(name: string, makePair: () => Promise<LinkPair>): void {
  describe(`link compliance: ${name}`, () => {
    let left: Link;
    let right: Link;
    let stop: () => Promise<void>;
    const unhandled: unknown[] = [];
    const onUnhandled = (reason: unknown): void => {
      unhandled.push(reason);
    };

    beforeEach(async () => {
      unhandled.length = 0;
      process.on("unhandledRejection", onUnhandled);
      ({ left, right, stop } = await makePair());
    });

    afterEach(async () => {
      await stop();
      await turn();
      process.off("unhandledRejection", onUnhandled);
      expect(unhandled).toEqual([]);
    });

    describe("frames", () => {
      it.each([0, 1, 7, 8, 117, 118, 4096, 65_527, 65_528, 65_536, MIB, 20 * MIB])(
        "carries %i bytes unchanged, both ways",
        async (bytes) => {
          const payload = pattern(bytes, 1);
          const [there, back] = await Promise.all([
            right.receive("data"),
            left.receive("data"),
            left.send("data", payload),
            right.send("data", payload),
          ]);
          expectSame(there, payload);
          expectSame(back, payload);
        },
      );

      it("aligns payloads to 8 bytes, whatever came before", async () => {
        for (const bytes of [8, 3, 24, 1, 512, 5000, 200_000])
          void left.send("data", pattern(bytes, 2));
        for (let n = 0; n < 7; n++) expect((await right.receive("data")).byteOffset % 8).toBe(0);
      });

      it("joins the parts of one frame", async () => {
        const parts = [pattern(3, 1), pattern(0, 2), pattern(70_000, 3)];
        await left.send("data", ...parts);
        expectSame(await right.receive("data"), Buffer.concat(parts));
        await left.send("data");
        expect(await right.receive("data")).toHaveLength(0);
      });

      it("has taken the bytes when send returns", async () => {
        const memory = pattern(300_000, 4);
        const expected = Buffer.from(memory);
        for (let n = 0; n < 4; n++) {
          memory.set(expected);
          void left.send("data", memory);
          memory.fill(0);
        }
        for (let n = 0; n < 4; n++) expectSame(await right.receive("data"), expected);
      });

      it("gives the receiver memory that nothing else writes to", async () => {
        await left.send("data", pattern(100, 5));
        const first = await right.receive("data");
        await left.send("data", pattern(100, 6));
        await right.receive("data");
        expectSame(first, pattern(100, 5));
        first.fill(0);
        await left.send("data", pattern(100, 7));
        expectSame(await right.receive("data"), pattern(100, 7));
      });

      it("keeps any mixture of sizes and kinds in order (property)", async () => {
        const frame = fc.record({
          kind: fc.constantFrom("a", "bb", "zzzzzzz"),
          bytes: fc.oneof(fc.nat(40), fc.nat(70_000)),
          parts: fc.integer({ min: 1, max: 3 }),
        });
        await fc.assert(
          fc.asyncProperty(fc.array(frame, { maxLength: 12 }), async (frames) => {
            const sent = frames.map(({ bytes }, n) => pattern(bytes, n));
            frames.forEach(({ kind, parts }, n) => void left.send(kind, ...split(sent[n], parts)));
            for (const kind of ["zzzzzzz", "a", "bb"]) {
              for (const [n, { kind: own }] of frames.entries()) {
                if (own === kind)
                  expectSame(await right.receive(kind), sent[n] ?? new Uint8Array());
              }
            }
          }),
          { numRuns: 25 },
        );
      });

      it("carries many small frames, interleaved both ways", async () => {
        const count = 3000;
        const run = async (from: Link, to: Link, salt: number): Promise<void> => {
          for (let n = 0; n < count; n++) void from.send("small", pattern(9, n + salt));
          for (let n = 0; n < count; n++)
            expectSame(await to.receive("small"), pattern(9, n + salt));
        };
        await Promise.all([run(left, right, 0), run(right, left, 100)]);
      });

      it("plays ping-pong", async () => {
        for (let n = 0; n < 200; n++) {
          const [ping, pong] = [pattern(1000, n), pattern(1000, n + 1)];
          await left.send("ping", ping);
          expectSame(await right.receive("ping"), ping);
          await right.send("pong", pong);
          expectSame(await left.receive("pong"), pong);
        }
      });

      it("refuses kinds that do not fit the header, and stays usable", async () => {
        for (const kind of ["", "eightlet", "Upper", "a1", "-ping"]) {
          await expect(left.send(kind, pattern(1, 1))).rejects.toMatchObject({
            code: "FRAME_INVALID",
          });
        }
        await left.send("fine", pattern(1, 1));
        expect(await right.receive("fine")).toHaveLength(1);
      });

      it("refuses an oversized frame, and stays usable", async () => {
        const half = new Uint8Array(17 * MIB);
        await expect(left.send("data", half, half)).rejects.toMatchObject({
          code: "FRAME_TOO_LARGE",
        });
        expect(left.meter.read().sent).toEqual({});
        await left.send("data", pattern(1, 1));
        expect(await right.receive("data")).toHaveLength(1);
      });
    });

    describe("receiving", () => {
      it("does not let one kind block another", async () => {
        void left.send("first", pattern(100_000, 1));
        void left.send("second", pattern(10, 2));
        void left.send("first", pattern(20, 3));
        expectSame(await right.receive("second"), pattern(10, 2));
        expectSame(await right.receive("first"), pattern(100_000, 1));
        expectSame(await right.receive("first"), pattern(20, 3));
      });

      it("serves those who wait in the order in which they asked", async () => {
        const waiting = [1, 2, 3].map(() => right.receive("data"));
        for (const n of [1, 2, 3]) void left.send("data", pattern(n, n));
        expect((await Promise.all(waiting)).map(({ length }) => length)).toEqual([1, 2, 3]);
      });

      it("hands queued frames to a new handler first", async () => {
        for (const n of [1, 2, 3]) void left.send("data", pattern(n, n));
        await left.send("mark");
        await right.receive("mark");
        const seen: number[] = [];
        right.subscribe("data", ({ length }) => seen.push(length));
        expect(seen).toEqual([1, 2, 3]);
        await left.send("data", pattern(4, 4));
        await left.send("mark");
        await right.receive("mark");
        expect(seen).toEqual([1, 2, 3, 4]);
      });

      it("fails when a handler throws", async () => {
        const thrown = new MoongateError("MESSAGE_INVALID", "the handler does not like it");
        right.subscribe("data", () => {
          throw thrown;
        });
        await left.send("data", pattern(1, 1));
        expect(await right.ended).toBe(thrown);
        expect(await left.ended).toMatchObject({ code: "PEER_ABORTED" });
      });

      it("times out with PEER_TIMEOUT, stays usable and loses nothing", async () => {
        await expect(right.receive("data", { timeoutMs: 20 })).rejects.toMatchObject({
          code: "PEER_TIMEOUT",
          details: { kind: "data" },
        });
        const next = right.receive("data", { timeoutMs: 20_000 });
        await left.send("data", pattern(5, 1));
        expectSame(await next, pattern(5, 1));
      });
    });

    it("counts payload bytes and frames by kind, exactly", async () => {
      void left.send("a", pattern(10, 1), pattern(5, 2));
      void left.send("a");
      void left.send("b", pattern(MIB, 3));
      void right.send("c", pattern(3, 4));
      await Promise.all([right.receive("a"), right.receive("b"), left.receive("c")]);
      const sent = { a: { frames: 2, bytes: 15 }, b: { frames: 1, bytes: MIB } };
      const back = { c: { frames: 1, bytes: 3 } };
      expect(left.meter.read()).toMatchObject({ sent, received: back });
      expect(right.meter.read()).toMatchObject({ sent: back, received: sent });
    });

    describe("exported keys", () => {
      it("are equal at both ends, and differ by label, context and link", async () => {
        const context = new Uint8Array([1]);
        const keys = [left, right].map((link) => [
          hex(link.exportKey("seed", 32)),
          hex(link.exportKey("other", 32)),
          hex(link.exportKey("seed", 32, context)),
        ]);
        expect(keys[0]).toEqual(keys[1]);
        const other = await makePair();
        const all = [...(keys[0] ?? []), hex(other.left.exportKey("seed", 32))];
        await other.stop();
        expect(new Set(all).size).toBe(4);
      });

      it("have the asked length, and unreasonable ones are refused", () => {
        expect(left.exportKey("seed", 1)).toHaveLength(1);
        expect(left.exportKey("seed", 1000)).toHaveLength(1000);
        expect(() => left.exportKey("seed", 0)).toThrow(MoongateError);
        expect(() => left.exportKey("", 32)).toThrow(MoongateError);
        expect(() => left.exportKey("é", 32)).toThrow(MoongateError);
      });
    });

    describe("the end", () => {
      it("close delivers what was sent, then both ends end without an error", async () => {
        for (let n = 0; n < 10; n++) void left.send("data", pattern(200_000, n));
        await left.close();
        expect(await left.ended).toBeUndefined();
        expect(await right.ended).toBeUndefined();
        for (let n = 0; n < 10; n++) expectSame(await right.receive("data"), pattern(200_000, n));
        const closed = { code: "LINK_CLOSED" };
        await expect(right.receive("data")).rejects.toMatchObject(closed);
        await expect(right.send("data")).rejects.toMatchObject(closed);
        await expect(left.send("data")).rejects.toMatchObject(closed);
        await left.close();
        await right.close();
      });

      it("both may close at once", async () => {
        await Promise.all([left.close(), right.close()]);
        expect(await Promise.all([left.ended, right.ended])).toEqual([undefined, undefined]);
      });

      it("fail rejects what waits and what comes later with the same error", async () => {
        const error = new MoongateError("SESSION_REFUSED", "for this test");
        const waiting = left.receive("data");
        const forgotten = left.receive("other"); // never awaited: no unhandled rejection either
        void right.send("queued", pattern(10, 1));
        left.fail(error);
        left.fail(new MoongateError("INTERNAL", "too late"));
        await expect(waiting).rejects.toBe(error);
        await expect(left.send("data")).rejects.toBe(error);
        await expect(left.receive("data")).rejects.toBe(error);
        await expect(left.receive("queued")).rejects.toBe(error);
        expect(() => left.exportKey("seed", 32)).toThrow(error);
        expect(await left.ended).toBe(error);
        await left.close(); // the other end has been told, or is gone
        expect(forgotten).toBeInstanceOf(Promise);
      });

      it("fail tells the other end which code it was", async () => {
        const waiting = right.receive("data");
        left.fail(new MoongateError("SATURATION", "nothing of this text is sent"));
        await expect(waiting).rejects.toMatchObject({
          code: "PEER_ABORTED",
          details: { code: "PARTY_STOPPED" },
        });
        await expect(right.send("data")).rejects.toMatchObject({ code: "PEER_ABORTED" });
      });
    });
  });
}

/** Bytes that differ by position and salt. */
export function pattern(bytes: number, salt: number): Uint8Array {
  const payload = new Uint8Array(bytes);
  for (let n = 0; n < bytes; n++) payload[n] = (n * 31 + (n >> 8) * 17 + salt * 101) & 0xff;
  return payload;
}

/** Buffer.compare: vitest's own comparison takes seconds for megabytes. */
function expectSame(found: Uint8Array, expected: Uint8Array): void {
  expect(found.length).toBe(expected.length);
  expect(Buffer.compare(found, expected)).toBe(0);
}

function split(payload: Uint8Array | undefined, parts: number): Uint8Array[] {
  const bytes = payload ?? new Uint8Array();
  const size = Math.ceil(bytes.length / parts);
  return Array.from({ length: parts }, (_, n) => bytes.subarray(n * size, (n + 1) * size));
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}

/** Lets everything that is due happen. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
