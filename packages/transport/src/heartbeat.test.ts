import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { startHeartbeat } from "./heartbeat.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function start(): {
  beats: () => number;
  deaths: () => number;
  hear: () => void;
  stop: () => void;
} {
  let [beats, deaths, received] = [0, 0, 0];
  const stop = startHeartbeat(
    { heartbeatMs: 10, deadAfterMs: 40 },
    { received: () => received, beat: () => beats++, onDead: () => deaths++ },
  );
  return { beats: () => beats, deaths: () => deaths, hear: () => received++, stop };
}

describe("startHeartbeat", () => {
  it("declares the peer dead after the given silence", () => {
    const pulse = start();
    vi.advanceTimersByTime(39);
    expect([pulse.beats(), pulse.deaths()]).toEqual([3, 0]);
    vi.advanceTimersByTime(1);
    expect(pulse.deaths()).toBe(1);
    pulse.stop();
  });

  it("any sign of life begins the count anew", () => {
    const pulse = start();
    for (let n = 0; n < 10; n++) {
      vi.advanceTimersByTime(30);
      pulse.hear();
    }
    expect(pulse.deaths()).toBe(0);
    pulse.stop();
  });

  it("stops", () => {
    const pulse = start();
    pulse.stop();
    vi.advanceTimersByTime(1000);
    expect([pulse.beats(), pulse.deaths()]).toEqual([0, 0]);
  });
});
