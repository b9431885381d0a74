import { z } from "zod";

/** The version of saved preparations; raised when their meaning changes. Version 1 is still read. */
export const PREPARATION_VERSION = 2;

const finite = z.number();
const count = z.number().int().nonnegative();
const increasing = (values: readonly number[]): boolean =>
  values.every((value, index) => index === 0 || value > (values[index - 1] ?? -Infinity));
const knots = z.array(finite).min(1).refine(increasing, "must increase strictly");

const rankMap = z
  .strictObject({ values: knots, ranks: knots })
  .refine((map) => map.values.length === map.ranks.length, "as many ranks as values");
const piecewiseMap = z
  .strictObject({ edges: knots, means: z.array(finite) })
  .refine((map) => map.edges.length === map.means.length + 1, "one edge more than means");

const standard = { scale: finite.positive(), mean: finite, deviation: finite.positive() };

const none = z.strictObject({ type: z.literal("none") });
const ofNumbers = [
  z.strictObject({ type: z.literal("ranks"), ranks: rankMap }),
  z.strictObject({
    type: z.literal("piecewise"),
    ranks: rankMap,
    bins: piecewiseMap,
    /** Columns of bins; those beyond the bins that training rows filled are zero. Absent in version 1. */
    columns: count.optional(),
    /** The statistics of one more column, half the signed logarithm of the standard score. */
    log: z.strictObject(standard).optional(),
  }),
  z.strictObject({ type: z.literal("standard"), ...standard }),
] as const;

const encoding = z.discriminatedUnion("type", [
  none,
  ...ofNumbers,
  z.strictObject({
    type: z.literal("date"),
    /** The days themselves, as any other number. */
    days: z.discriminatedUnion("type", [none, ...ofNumbers]),
    /** Each is a sine and a cosine more. */
    cycles: z.array(z.enum(["day", "week", "year"])),
  }),
  z.strictObject({ type: z.literal("sign") }),
  z.strictObject({ type: z.literal("one-hot"), levels: z.array(z.string()), other: z.boolean() }),
]);

const feature = z.strictObject({
  name: z.string(),
  kind: z.enum(["number", "boolean", "category", "date"]),
  encoding,
  /** True if one more column tells the rows without a value. */
  missing: z.boolean(),
  /** Places of the feature's columns that are zero in every row. Absent in version 1. */
  zero: z.array(count).optional(),
});

export const preparationSchema = z.strictObject({
  format: z.literal("moongate-preparation"),
  version: z.union([z.literal(1), z.literal(PREPARATION_VERSION)]),
  features: z.array(feature).min(1),
  dropped: z.array(z.strictObject({ name: z.string(), reason: z.string() })),
});

/** How one column of a table becomes columns of the matrix. */
export type Encoding = z.infer<typeof encoding>;
export type Feature = z.infer<typeof feature>;
/** A fitted preparation as plain data, for JSON. */
export type PreparationDocument = z.infer<typeof preparationSchema>;
