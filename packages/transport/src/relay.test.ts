import { MoongateError } from "@moongate/errors";
import { describe, expect, it } from "vitest";
import type { Link } from "./link.ts";
import { memoryPair } from "./memory.ts";
import { relay } from "./relay.ts";

const MIB = 2 ** 20;

/** A memory link that counts how often it was asked to stop reading. */
function pausable(link: Link): Link & { calls: string[]; pause(): void; resume(): void } {
  const calls: string[] = [];
  const extra = { calls, pause: () => calls.push("pause"), resume: () => calls.push("resume") };
  return new Proxy(link, {
    has: (target, key) => key in extra || key in target,
    get: (target, key): unknown => {
      if (key in extra) return Reflect.get(extra, key);
      const value: unknown = Reflect.get(target, key);
      return typeof value === "function" ? (value.bind(target) as unknown) : value;
    },
  }) as Link & { calls: string[]; pause(): void; resume(): void };
}

describe("relay", () => {
  it("pumps its kind both ways and leaves other kinds alone", async () => {
    const [a, toA] = memoryPair();
    const [b, toB] = memoryPair();
    void relay(toA, toB);
    await a.send("relay", Uint8Array.of(1));
    await b.send("relay", Uint8Array.of(2));
    await a.send("control", Uint8Array.of(3));
    expect([...(await b.receive("relay"))]).toEqual([1]);
    expect([...(await a.receive("relay"))]).toEqual([2]);
    expect([...(await toA.receive("control"))]).toEqual([3]);
    expect(b.meter.read().received["control"]).toBeUndefined();
  });

  it("says what ended it", async () => {
    const [a, toA] = memoryPair();
    const [, toB] = memoryPair();
    const ended = relay(toA, toB);
    a.fail(new MoongateError("INTERRUPTED", "for this test"));
    expect(await ended).toMatchObject({ code: "PEER_ABORTED", details: { code: "INTERRUPTED" } });
  });

  it("does not read faster than it can write", async () => {
    const [a, toA] = memoryPair();
    const [b, toB] = memoryPair({ bytesPerSecond: 4e8 });
    const source = pausable(toA);
    void relay(source, toB);
    for (let n = 0; n < 10; n++) void a.send("relay", new Uint8Array(4 * MIB));
    for (let n = 0; n < 10; n++) await b.receive("relay");
    await new Promise((resolve) => setImmediate(resolve));
    expect(source.calls).toEqual(["pause", "resume"]);
  });
});
