import picocolors from "picocolors";
import { describe, expect, it } from "vitest";
import type { ProcessEvent } from "../processes/events.ts";
import { fakeIo } from "../testing/fake-io.ts";
import { displayFor, jsonDisplay } from "./displays.ts";
import { statusLine } from "./live-display.ts";
import { advance, type Status, stepsText } from "./status.ts";

const plain = picocolors.createColors(false);
const progress = (done: number): ProcessEvent => ({
  event: "progress",
  phase: "training",
  done,
  total: 100,
});

describe("status", () => {
  it("follows the events of a process", () => {
    let status: Status | undefined;
    const states: string[] = [];
    const events: ProcessEvent[] = [
      { event: "listening", port: 1 },
      { event: "phase-started", phase: "training" },
      progress(50),
      { event: "phase-ended", phase: "training", seconds: 2 },
      { event: "finished" },
    ];
    events.forEach((event, time) => {
      status = advance(status, event, time);
      states.push(`${status.phase} ${status.state} ${status.steps?.done ?? "-"}`);
    });
    expect(states).toEqual([
      "waiting for the parties running -",
      "training running -",
      "training running 50",
      "training running 50",
      "finished finished -",
    ]);
  });

  it("tells steps, rows a second and the time left", () => {
    const status = advance({ phase: "training", startedAt: 0, state: "running" }, progress(25), 0);
    expect(stepsText(status, 2000, 1024)).toBe("25/100 steps, 12,800 rows/s, 6.0 s left");
    expect(stepsText(status, 2000)).toBe("25/100 steps, 6.0 s left");
    const masking = { ...status, phase: "masking" };
    expect(stepsText(masking, 2000, 1024)).toBe("25/100 rows, 6.0 s left");
  });

  it("draws a bar only where steps are counted", () => {
    const training: Status = { phase: "training", startedAt: 0, state: "running" };
    expect(statusLine("media", training, plain)).toBe("  media  training");
    const half = statusLine("media", advance(training, progress(50), 0), plain);
    expect(half).toContain(`${"█".repeat(12)}${"░".repeat(12)}  50/100 steps`);
    expect(statusLine("media", { ...training, state: "finished" }, plain)).toBe(
      "✓ media  finished",
    );
    expect(statusLine("media", undefined, plain)).toBe("  media  starting");
  });
});

describe("displays", () => {
  it("writes plain lines without colour where nobody watches", () => {
    const { io, out } = fakeIo();
    const display = displayFor(io.stdout, io.env, { roles: ["media", "commerce"] });
    display.show("media", { event: "phase-started", phase: "training" });
    for (let done = 0; done <= 100; done += 10) display.show("media", progress(done));
    display.show("media", { event: "phase-ended", phase: "training", seconds: 1.5 });
    display.show("commerce", {
      event: "failed",
      error: { code: "PEER_LOST", cause: "c", cure: "d", exitStatus: 69 },
    });
    display.stop();
    const lines = out().trimEnd().split("\n");
    expect(lines).toHaveLength(5);
    expect(lines[0]).toMatch(/^media {7}training: 30\/100 steps/);
    expect(lines.slice(3)).toEqual(["media     ✓ training (1.5 s)", "commerce  ✗ PEER_LOST"]);
  });

  it("writes events as they are for drivers", () => {
    const { io, out } = fakeIo();
    jsonDisplay(io.stdout).show("media", progress(1));
    expect(out()).toBe('{"event":"progress","phase":"training","done":1,"total":100}\n');
  });
});
