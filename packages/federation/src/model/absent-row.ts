import { checked } from "@moongate/messages";
import { z } from "zod";

const FORMAT = "moongate-absent-row";

/** A preparation with the row that stands for users whom the party does not have. */
const documentSchema = z.strictObject({
  format: z.literal(FORMAT),
  version: z.literal(1),
  absent: z.array(z.number()).min(1),
  preparation: z.unknown(),
});

/** The document of a preparation, with media's mean row where hidden alignment needs one. */
export function withAbsentRow(preparation: unknown, absent: Float64Array | undefined): unknown {
  if (absent === undefined) return preparation;
  return {
    format: FORMAT,
    version: 1,
    absent: [...absent],
    preparation,
  } satisfies z.input<typeof documentSchema>;
}

/** Both parts of such a document. @throws MoongateError PREPARATION_INVALID */
export function openAbsentRow(document: unknown): {
  readonly preparation: unknown;
  readonly absent?: readonly number[];
} {
  if (!z.looseObject({ format: z.literal(FORMAT) }).safeParse(document).success) {
    return { preparation: document };
  }
  const { preparation, absent } = checked(
    documentSchema,
    document,
    "PREPARATION_INVALID",
    "the saved preparation",
  );
  return { preparation, absent };
}
