import type { ProcessEvent } from "../processes/events.ts";
import { duration, integer } from "@moongate/text";

/** What is known of one process's progress, from its events alone. */
export interface Status {
  readonly phase: string;
  readonly startedAt: number;
  /** Steps of the phase, where it counts them. */
  readonly steps?: { readonly done: number; readonly total: number };
  readonly state: "running" | "finished" | "failed";
}

/** The status after one more event. Times are milliseconds on any one clock. */
export function advance(before: Status | undefined, event: ProcessEvent, now: number): Status {
  const status = before ?? { phase: "starting", startedAt: now, state: "running" };
  switch (event.event) {
    case "listening":
      return { phase: "waiting for the parties", startedAt: now, state: "running" };
    case "phase-started":
      return { phase: event.phase, startedAt: now, state: "running" };
    case "progress":
      return { ...status, steps: { done: event.done, total: event.total } };
    case "finished":
      return { phase: "finished", startedAt: now, state: "finished" };
    case "failed":
      return { phase: event.error.code, startedAt: now, state: "failed" };
    case "phase-ended":
    case "note":
      return status;
  }
}

/** Phases that count rows; the others count training steps. */
const BY_ROWS: readonly string[] = ["masking", "evaluation", "scoring"];

/**
 * "1,200/3,315 steps, 212,000 rows/s, 5.1 s left" for a phase that counts what it does.
 * @param rowsPerStep the batch size, where it is known: the speed of training.
 */
export function stepsText(status: Status, now: number, rowsPerStep?: number): string {
  const { steps, startedAt } = status;
  if (steps === undefined) return "";
  const seconds = (now - startedAt) / 1000;
  const unit = BY_ROWS.includes(status.phase) ? "rows" : "steps";
  const parts = [`${integer(steps.done)}/${integer(steps.total)} ${unit}`];
  if (steps.done > 0 && seconds > 0) {
    if (rowsPerStep !== undefined && status.phase === "training") {
      parts.push(`${integer((steps.done * rowsPerStep) / seconds)} rows/s`);
    }
    const left = ((steps.total - steps.done) * seconds) / steps.done;
    if (left > 0) parts.push(`${duration(left)} left`);
  }
  return parts.join(", ");
}

/** The share of a phase that is done, 0 to 1; nothing where it does not count steps. */
export function shareDone(status: Status): number | undefined {
  const { steps } = status;
  if (steps === undefined || steps.total <= 0) return undefined;
  return Math.min(1, steps.done / steps.total);
}
