import { afterEach, describe, expect, it, vi } from "vitest";
import { memoryPair } from "./memory.ts";

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

describe("memoryPair", () => {
  it("names each link after the other end", () => {
    const [media, commerce] = memoryPair({ names: ["media", "commerce"] });
    expect(media.peer).toBe("commerce");
    expect(commerce.peer).toBe("media");
  });

  it("is asynchronous even without latency, and sets no timer for it", async () => {
    const timer = vi.spyOn(globalThis, "setTimeout");
    const [left, right] = memoryPair();
    const seen: number[] = [];
    right.subscribe("data", ({ length }) => seen.push(length));
    void left.send("data", new Uint8Array(3));
    expect(seen).toEqual([]);
    await Promise.resolve();
    expect(seen).toEqual([3]);
    expect(timer).not.toHaveBeenCalled();
  });

  it("lets timers run while two ends never stop talking", async () => {
    const [left, right] = memoryPair();
    let talking = true;
    left.subscribe("data", (payload) => void (talking ? left.send("data", payload) : undefined));
    right.subscribe("data", (payload) => void (talking ? right.send("data", payload) : undefined));
    void left.send("data");
    await new Promise((resolve) => setTimeout(resolve, 1));
    talking = false;
    expect(right.meter.read().received["data"]?.frames).toBeGreaterThan(0);
  });

  it("derives the same keys from the same seed and names, and others from others", () => {
    const key = (seed: string, names: [string, string]): string =>
      hex(memoryPair({ seed, names })[0].exportKey("label", 32));
    const one = key("7", ["media", "commerce"]);
    expect(key("7", ["media", "commerce"])).toBe(one);
    expect(key("8", ["media", "commerce"])).not.toBe(one);
    expect(key("7", ["media", "coordinator"])).not.toBe(one);
  });

  it("pins the derivation (HKDF-SHA256), so that recorded vectors stay valid", () => {
    const [left] = memoryPair({ seed: "vector", names: ["media", "commerce"] });
    expect(hex(left.exportKey("pair", 16, Uint8Array.of(1, 2)))).toBe(
      "c391ab1c6ea33355715bb310f6b80211",
    );
  });

  it("delays by latency and spaces by bandwidth, in order", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "performance", "setImmediate"] });
    const [left, right] = memoryPair({ latencyMs: 10, bytesPerSecond: 1000 });
    const seen: [number, number][] = [];
    const start = performance.now();
    for (const kind of ["a", "b"]) {
      right.subscribe(kind, ({ length }) => seen.push([length, performance.now() - start]));
    }
    void left.send("a", new Uint8Array(5)); // leaves by 5 ms, arrives at 15 ms
    void left.send("b", new Uint8Array(20)); // leaves by 25 ms, arrives at 35 ms
    await vi.advanceTimersByTimeAsync(14);
    expect(seen).toEqual([]);
    await vi.advanceTimersByTimeAsync(100);
    expect(seen.map(([length]) => length)).toEqual([5, 20]);
    expect(seen[0]?.[1]).toBeCloseTo(15, 0);
    expect(seen[1]?.[1]).toBeCloseTo(35, 0);
  });

  it("asks senders to wait when much is on the way", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "performance", "setImmediate"] });
    const [left] = memoryPair({ latencyMs: 10 });
    let ready = 0;
    for (let n = 0; n < 3; n++) {
      void left.send("data", new Uint8Array(10 * 2 ** 20)).then(() => ready++);
    }
    await vi.advanceTimersByTimeAsync(5);
    expect(ready).toBe(1);
    await vi.advanceTimersByTimeAsync(20);
    expect(ready).toBe(3);
  });
});
