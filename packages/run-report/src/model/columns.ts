import type { Side } from "@moongate/messages";
import { z } from "zod";

/** What became of one column of a party's own table. */
export interface ColumnFate {
  readonly side: Side;
  readonly name: string;
  /** Number, category or boolean; of a column that was left out nothing is said. */
  readonly kind?: string | undefined;
  /** The encoding: ranks, piecewise, one-hot, ...; absent if it was left out. */
  readonly encoding?: string | undefined;
  /** Levels of a category that have a column of their own. */
  readonly levels?: number | undefined;
  /** True if a further column says that the value is missing. */
  readonly missing?: boolean | undefined;
  /** The reason why it was left out. */
  readonly leftOut?: string | undefined;
}

const featureSchema = z.looseObject({
  name: z.string(),
  kind: z.string(),
  missing: z.boolean().optional(),
  encoding: z.looseObject({ type: z.string(), levels: z.array(z.unknown()).optional() }),
});
const preparationSchema = z.looseObject({
  features: z.array(featureSchema),
  dropped: z.array(z.looseObject({ name: z.string(), reason: z.string() })).default([]),
});
/** A local model keeps the preparation of the raw columns inside its own document. */
const localSchema = z.looseObject({ raw: z.unknown() });

/** The columns of a party's preparation, as it was kept with its model; those left out come last. */
export function columnFates(side: Side, document: unknown): ColumnFate[] {
  const local = localSchema.safeParse(document);
  const raw = local.success && local.data.raw !== undefined ? local.data.raw : document;
  const read = preparationSchema.safeParse(raw);
  if (!read.success) return [];
  const { features, dropped } = read.data;
  return [
    ...features.map(({ name, kind, missing, encoding: { type, levels } }) => ({
      side,
      name,
      kind,
      encoding: type,
      ...(levels === undefined ? {} : { levels: levels.length }),
      missing,
    })),
    ...dropped.map(({ name, reason }) => ({ side, name, leftOut: reason })),
  ];
}
