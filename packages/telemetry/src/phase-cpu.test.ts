import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { describe, expect, it } from "vitest";
import { cpuSecondsSchema } from "./cpu-seconds.ts";
import { PHASE_CHANNEL, PhaseCpu } from "./phase-cpu.ts";

/** Works until this process has used so much more CPU time. */
function work(milliseconds: number): void {
  const before = process.cpuUsage();
  let used = 0;
  while (used < 1000 * milliseconds) {
    const { user, system } = process.cpuUsage(before);
    used = user + system;
  }
}

describe("CPU time by phase", () => {
  it("belongs to the phase in which it was spent", () => {
    const cpu = new PhaseCpu();
    work(30); // before any phase: in the total alone
    cpu.start("masking");
    work(20);
    cpu.start("training");
    work(40);
    const running = cpu.read();
    expect(running.training).toBeGreaterThanOrEqual(0.04);
    cpu.end();
    work(30);
    const ended = cpu.read();
    expect(ended.masking).toBeGreaterThanOrEqual(0.02);
    expect(ended.masking).toBe(running.masking);
    expect(Object.keys(ended).sort()).toEqual(["masking", "total", "training"]);
    const phases = (ended.masking ?? 0) + (ended.training ?? 0);
    expect(ended.total).toBeGreaterThanOrEqual(phases + 0.06);
  });

  it("adds up where a phase is entered again", () => {
    const cpu = new PhaseCpu();
    cpu.start("alignment");
    work(10);
    cpu.start("training");
    cpu.start("alignment");
    work(10);
    expect(cpu.read().alignment).toBeGreaterThanOrEqual(0.02);
  });

  it("tells whoever listens inside the process that a phase starts", () => {
    const heard: unknown[] = [];
    const listen = (message: unknown): void => void heard.push(message);
    subscribe(PHASE_CHANNEL, listen);
    const cpu = new PhaseCpu();
    cpu.start("masking");
    cpu.start("training");
    unsubscribe(PHASE_CHANNEL, listen);
    expect(heard).toEqual([{ phase: "masking" }, { phase: "training" }]);
  });

  it("crosses as phases alone", () => {
    expect(cpuSecondsSchema.safeParse({ training: 1, total: 2 }).success).toBe(true);
    expect(cpuSecondsSchema.safeParse({ spying: 1 }).success).toBe(false);
    expect(cpuSecondsSchema.safeParse({ training: -1 }).success).toBe(false);
  });
});
