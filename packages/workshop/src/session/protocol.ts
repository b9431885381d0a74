import type { Side } from "@moongate/mpc";
import type { IntersectionSizes } from "@moongate/alignment";
import type { WorkshopOutcome } from "./party.ts";
import type { WorkshopPlan } from "./plan.ts";

/** The three workers of the page. */
export type WorkerRole = Side | "coordinator";

/** How frames leave: at once, one after a wait, or one for each press of a key. */
export type Pace = "run" | "slow" | "step";

/** What the page tells a worker. */
export type Order =
  | {
      readonly order: "begin";
      readonly role: WorkerRole;
      readonly plan: WorkshopPlan;
      readonly pace: Pace;
      readonly ports: Readonly<Partial<Record<WorkerRole, MessagePort>>>;
    }
  | { readonly order: "pace"; readonly pace: Pace }
  | { readonly order: "next" };

/** One frame as its sender put it on the wire. */
export interface SentFrame {
  readonly from: WorkerRole;
  readonly to: WorkerRole;
  readonly kind: string;
  readonly bytes: number;
  /** The first bytes. */
  readonly head: Uint8Array;
  /** How many bytes begin with each of the sixteen hexadecimal digits. */
  readonly digits: readonly number[];
}

/** What a worker tells the page. */
export type News =
  | { readonly news: "frame"; readonly frame: SentFrame; readonly waits: boolean }
  | {
      readonly news: "progress";
      readonly phase: string;
      readonly done: number;
      readonly total: number;
    }
  | {
      readonly news: "party";
      readonly side: Side;
      readonly outcome: WorkshopOutcome;
      readonly attempt: Float64Array | undefined;
    }
  | { readonly news: "coordinator"; readonly sizes: IntersectionSizes }
  | { readonly news: "failed"; readonly role: WorkerRole; readonly message: string };
