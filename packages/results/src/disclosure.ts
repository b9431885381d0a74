import { z } from "zod";
import { roleSchema } from "@moongate/messages";

/** One line of the disclosure ledger: something that was opened to somebody on purpose. */
export const disclosureSchema = z.strictObject({
  what: z.string(),
  shape: z.string(),
  to: roleSchema,
  why: z.string(),
});
export type Disclosure = z.infer<typeof disclosureSchema>;
