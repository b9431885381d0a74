import type { ProcessEvent } from "../processes/events.ts";

/** Shows what one or several processes are doing. */
export interface Display {
  show(role: string, event: ProcessEvent): void;
  /** A line of its own between the others, or after them. */
  say(text: string): void;
  /** Leaves the last state standing and the cursor on a fresh line. */
  stop(): void;
}

export interface DisplayOptions {
  /** The roles that are shown, in this order. */
  readonly roles: readonly string[];
  /** Batch size by which steps become rows. */
  readonly rowsPerStep?: number;
}
