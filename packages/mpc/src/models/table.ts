import { WORD } from "../cost.ts";
import { type Features, featureRows, withOnes } from "../features.ts";
import type { Inputs, Machine, Users } from "../machine.ts";
import type { Side } from "../side.ts";

/** The joint table's features, as one machine has them. */
export interface VerticalTable {
  readonly rows: number;
  readonly width: Readonly<Record<Side, number>>;
  /** Empty at the dealer. */
  readonly features: Inputs["features"];
  /** The users of the rows, at a machine that knows them. */
  readonly users?: Users | undefined;
}

/** The table with a last column of ones on commerce's side: the intercept. */
export function withIntercept(m: Machine, table: VerticalTable): VerticalTable {
  const { rows, width, features } = table;
  const wider = { media: width.media, commerce: width.commerce + 1 };
  const own = features.commerce;
  if (own === undefined || m.role === "media" || m.role === "dealer")
    return { ...table, width: wider };
  const commerce = withOnes(own, { rows, width: width.commerce, whose: "commerce" });
  return { ...table, width: wider, features: { ...features, commerce } };
}

/** Rows from (inclusive) to (exclusive) as a table of its own. */
export function rowsOf(table: VerticalTable, from: number, to: number): VerticalTable {
  const { rows, width, features, users } = table;
  const cut = (side: Side): { [side in Side]?: Features } => {
    const own = features[side];
    if (own === undefined) return {};
    const source = featureRows(own, { rows, width: width[side], whose: side });
    return { [side]: { rows: (a: number, b: number) => source.rows(from + a, from + b) } };
  };
  return {
    rows: to - from,
    width,
    features: { ...cut("media"), ...cut("commerce") },
    users: users === undefined ? undefined : (row) => users(from + row),
  };
}

/** The number of rows that fit so many bytes of ring elements on the wider side. */
export function rowsInBytes({ width }: Pick<VerticalTable, "width">, bytes: number): number {
  return Math.max(1, Math.floor(bytes / (Math.max(width.media, width.commerce) * WORD)));
}
