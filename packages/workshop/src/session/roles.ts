import type { Side } from "@moongate/mpc";

/** The three workers of the page. */
export type WorkerRole = Side | "coordinator";
