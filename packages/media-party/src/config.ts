import { acceptSchema, partyConfigShape } from "@moongate/federation";
import { z } from "zod";

/** The media party's configuration file. Unknown keys are refused. */
export const mediaConfigSchema = z.strictObject({
  ...partyConfigShape,
  /** Which plans it agrees to. */
  accept: acceptSchema.prefault({}),
});
export type MediaConfig = z.output<typeof mediaConfigSchema>;
