import { at } from "@moongate/errors";
import type { WorkerRole } from "./roles.ts";

/** The lines between the workers, one for each direction. */
export const LINES = [
  ["media", "coordinator"],
  ["coordinator", "media"],
  ["commerce", "coordinator"],
  ["coordinator", "commerce"],
  ["media", "commerce"],
  ["commerce", "media"],
] as const satisfies readonly (readonly [from: WorkerRole, to: WorkerRole])[];

/**
 * A moment of a session: how many frames have left on each of `LINES`. Workers take turns as the
 * machine likes, so a single count of frames would name another moment in every run; what leaves on
 * one line, and in which order, is decided by the plan.
 */
export type Moment = readonly number[];

export const BEGINNING: Moment = LINES.map(() => 0);

/** Frames that a worker may send on each of its lines before the pace counts. */
export type Allowance = Readonly<Partial<Record<WorkerRole, number>>>;

export const lineOf = (from: WorkerRole, to: WorkerRole): number =>
  LINES.findIndex(([a, b]) => a === from && b === to);

/** What a worker may send until that moment. */
export function allowanceOf(moment: Moment, role: WorkerRole): Allowance {
  return Object.fromEntries(
    LINES.flatMap(([from, to], line) => (from === role ? [[to, at(moment, line)]] : [])),
  );
}

/** The moment after one more frame. */
export const after = (moment: Moment, from: WorkerRole, to: WorkerRole): Moment =>
  moment.map((count, line) => (line === lineOf(from, to) ? count + 1 : count));

/** A moment as it stands in an address: six numbers with dots between them. */
export const writeMoment = (moment: Moment): string => moment.join(".");

/** Reads a moment; undefined where the text is none. */
export function readMoment(text: string | null): Moment | undefined {
  const counts = (text ?? "").split(".").map(Number);
  const good = (count: number): boolean => Number.isSafeInteger(count) && count >= 0;
  return counts.length === LINES.length && counts.every(good) ? counts : undefined;
}
