import { setImmediate } from "node:timers/promises";

/** Lets sockets and timers have their turn in the middle of long computing. */
export function pause(): Promise<void> {
  return setImmediate();
}

/** Told how much is done, of how much as far as known. */
export type Progress = (done: number, total: number) => void;
