import { at } from "@moongate/errors";
import type { Side } from "@moongate/mpc";
import type { WorkshopPlan } from "./plan.ts";
import { arranged, partyTable, standardised } from "./tables.ts";

/** Both parties' columns and the labels of all joint rows, in the common order. */
export interface JointTables {
  readonly rows: { readonly train: number; readonly validation: number; readonly test: number };
  readonly width: Readonly<Record<Side, number>>;
  /** Row-major, standardised by the training rows. */
  readonly features: Readonly<Record<Side, Float64Array>>;
  /** 0 or 1; training rows come first, test rows last. */
  readonly labels: Uint8Array;
}

/** Rows that a masked training opens scores of while it goes on; the small tables of the page use none. */
const VALIDATED = 100;

/**
 * Joins the two tables by their ids. It takes somebody who holds both: the owner of this page, and
 * nobody in a real federation.
 *
 * @param few trains on so many rows only and tests on all others, so that a small training is measured well.
 */
export async function jointTables(
  plan: Pick<WorkshopPlan, "seed" | "users" | "conversion">,
  few?: { readonly train: number },
): Promise<JointTables> {
  const tables = {
    media: partyTable("media", plan.seed, plan.users, plan.conversion),
    commerce: partyTable("commerce", plan.seed, plan.users, plan.conversion),
  };
  const known = new Set(tables.commerce.ids);
  const joint = Uint32Array.from(tables.media.ids.keys()).filter((row) =>
    known.has(at(tables.media.ids, row)),
  );
  const atMedia = await arranged(tables.media.ids, plan.seed, joint);
  const rowOf = new Map(tables.commerce.ids.map((id, row) => [id, row]));
  const rowAt = (id: string): number => {
    const row = rowOf.get(id);
    if (row === undefined) throw new Error("a joint id is not among commerce's");
    return row;
  };
  const order = Uint32Array.from(atMedia.order, (row) => rowAt(at(tables.media.ids, row)));
  const all = order.length;
  const { train, validation, test } =
    few === undefined
      ? atMedia
      : { train: few.train, validation: VALIDATED, test: all - few.train - VALIDATED };
  return {
    rows: { train, validation, test },
    width: { media: tables.media.columns.length, commerce: tables.commerce.columns.length },
    features: {
      media: standardised(tables.media, atMedia.order, train),
      commerce: standardised(tables.commerce, order, train),
    },
    labels: Uint8Array.from(order, (row) => (tables.commerce.labels?.[row] === 1 ? 1 : 0)),
  };
}
