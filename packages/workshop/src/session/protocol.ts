import type { LedgerLine, Side } from "@moongate/mpc";
import type { IntersectionSizes } from "@moongate/alignment";
import type { InTheClear } from "./beside.ts";
import type { Allowance } from "./moment.ts";
import type { WorkshopOutcome } from "./party.ts";
import type { WorkshopPlan } from "./plan.ts";
import type { WorkerRole } from "./roles.ts";
import type { TableGlance } from "./tables.ts";

/** A fourth worker holds both tables, as nobody may in a real federation: it measures. */
export type Measurer = "owner";

/** How frames leave: at once, one after a wait, or one for each press of a key. */
export const PACES = ["run", "slow", "step"] as const;
export type Pace = (typeof PACES)[number];

/** What the page tells a worker. */
export type Order =
  | {
      readonly order: "begin";
      readonly role: WorkerRole;
      readonly plan: WorkshopPlan;
      readonly pace: Pace;
      /** So many frames leave on each of its lines before the pace counts. */
      readonly allowance: Allowance;
      readonly ports: Readonly<Partial<Record<WorkerRole, MessagePort>>>;
    }
  | { readonly order: "measure"; readonly plan: WorkshopPlan }
  | { readonly order: "pace"; readonly pace: Pace }
  | { readonly order: "next" };

/** One frame as its sender put it on the wire. */
export interface SentFrame {
  readonly from: WorkerRole;
  readonly to: WorkerRole;
  /** Its number among the frames of its line, from 1. */
  readonly place: number;
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
  | { readonly news: "holds"; readonly side: Side; readonly table: TableGlance }
  | { readonly news: "opened"; readonly line: LedgerLine }
  | { readonly news: "epoch"; readonly epoch: number; readonly auc: number }
  | { readonly news: "beside"; readonly beside: InTheClear }
  | { readonly news: "coordinator"; readonly sizes: IntersectionSizes }
  | { readonly news: "failed"; readonly role: WorkerRole | Measurer; readonly message: string };
