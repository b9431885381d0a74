import { z } from "zod";

/** The phases of a party's session, in order. */
export const PHASES = [
  "connect",
  "join",
  "channel",
  "alignment",
  "preparation",
  "local",
  "masking",
  "training",
  "evaluation",
  "scoring",
  "close",
  "report",
] as const;
export const phaseSchema = z.enum(PHASES);
export type Phase = z.infer<typeof phaseSchema>;
