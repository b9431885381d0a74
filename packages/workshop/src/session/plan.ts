import { LEARNED_CONVERSIONS } from "./tables.ts";

/** What a federation of the page is to do; every worker has it. */
export interface WorkshopPlan {
  /** Population, schedule and, on this page, all secrets come from it: the same seed, the same run. */
  readonly seed: string;
  /** People alive; each platform knows about four in five of them. */
  readonly users: number;
  readonly epochs: number;
  readonly conversion: (typeof LEARNED_CONVERSIONS)[number];
  /** THE INSECURE CONTROL: every mask is zero, so what crosses is the bare share. */
  readonly zeroMasks: boolean;
}

export const DEFAULT_PLAN: WorkshopPlan = {
  seed: "moongate",
  users: 3300,
  epochs: 6,
  conversion: "live_order",
  zeroMasks: false,
};

export { LEARNED_CONVERSIONS };
