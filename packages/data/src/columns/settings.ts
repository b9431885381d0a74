import type { DateOrder } from "../cells/date.ts";
import type { Decimal } from "../cells/written-number.ts";

/** A kind that a column can be given, in place of what it looks like. */
export const GIVEN_KINDS = ["number", "category", "boolean", "date"] as const;
export type GivenKind = (typeof GIVEN_KINDS)[number];

/** How fields are to be understood where they leave it open; all have defaults. */
export interface CellSettings {
  /** What the decimal sign is; by default each column shows it, or is refused as ambiguous. */
  readonly decimal?: Decimal | undefined;
  /** True if 01/02/2024 is a day of January or of February; by default each column shows it. */
  readonly dates?: DateOrder | undefined;
  /** Marks of missing values, in place of the default list. */
  readonly missing?: readonly string[] | undefined;
}
