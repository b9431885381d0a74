import type { Phase } from "@moongate/telemetry";

/** A party's report of its progress: names, counts and seconds, never contents. */
export type PartyEvent =
  | { readonly event: "phase-started"; readonly phase: Phase }
  | { readonly event: "phase-ended"; readonly phase: Phase; readonly seconds: number }
  | {
      readonly event: "progress";
      readonly phase: Phase;
      readonly done: number;
      readonly total: number;
    }
  | { readonly event: "note"; readonly text: string };

/** Receives every event at once. It must not throw. */
export type Observer = (event: PartyEvent) => void;
