import { createHmac } from "node:crypto";
import { MoongateError } from "@moongate/errors";
import { canonical, type Plan, type PartitionRows } from "@moongate/messages";
import { z } from "zod";
import type { ArrangedFeatures } from "../../data.ts";
import { derived } from "./key.ts";
import { type OwnTable, stretches } from "./rows.ts";

const digest = z.hex().length(64);

/** What a party's noise goes over, each part as its HMAC-SHA256 under the noise key, in hex. */
export const coveredSchema = z.strictObject({
  /** All of the plan but the session's name. */
  plan: digest,
  /** The joint users in arranged order. */
  rows: digest,
  /** Own prepared columns of these rows. */
  columns: digest,
  /** At commerce: labels of training rows. */
  labels: digest.optional(),
});
export type Covered = z.infer<typeof coveredSchema>;

/** A party's side of a split training. */
export interface Coverable {
  readonly plan: Plan;
  readonly rows: PartitionRows;
  /** Normalised ids of the joint rows in arranged order. */
  readonly ids: Iterable<string>;
  readonly features: ArrangedFeatures;
  /** The same columns of the training rows, as training has them. */
  readonly own: OwnTable;
  /** Row-major training rows × labels. */
  readonly labels?: Uint8Array | undefined;
}

/** Keyed, so that the file tells nothing of data to who has the digests but not the key. */
export function coveredBy(key: Uint8Array, of: Coverable): Covered {
  const { labels } = of;
  return {
    plan: tag(key, "plan", [canonical({ ...of.plan, session: "" })]),
    rows: tag(key, "rows", lines(of.ids)),
    columns: tag(key, "columns", columns(of)),
    labels: labels && tag(key, "labels", [labels]),
  };
}

type Piece = string | Uint8Array | Float32Array | Float64Array;

/** Ids have no line breaks of their own once they are quoted. */
function* lines(ids: Iterable<string>): Generator<string> {
  for (const id of ids) yield `${JSON.stringify(id)}\n`;
}

/** Training rows as training has them, the others as they are encoded. */
function* columns({ own, rows, features }: Coverable): Generator<Piece> {
  yield `${own.cols} columns\n`;
  yield own.values;
  const { train, validation, test } = rows;
  for (const { from, to } of stretches(train, train + validation + test)) {
    yield features.rows(from, to);
  }
}

function tag(key: Uint8Array, part: string, over: Iterable<Piece>): string {
  const hmac = createHmac("sha256", derived(key, `noise covers ${part}`));
  for (const piece of over) hmac.update(piece);
  return hmac.digest("hex");
}

const NAMES = {
  plan: "another plan (seed, model, defences, labels or the like)",
  rows: "other users in both tables, or in another order",
  columns: "other prepared columns",
  labels: "other labels",
} satisfies Record<keyof Covered, string>;

/** What to do about it, in plain words. */
export const REPEAT_CURE =
  "Give both parties the tables, options and keys of that run; for anything else leave " +
  "the key (--repeat, noiseKey) out, so that new noise is drawn: the same noise over other data " +
  "would show what changed.";

/**
 * Refuses to put a run's noise over anything that it did not go over then.
 * @throws MoongateError REPEAT_MISMATCH naming the first part that differs.
 */
export function requireCovered(now: Covered, then: Covered): void {
  const parts = ["plan", "rows", "columns", "labels"] as const;
  const other = parts.find((part) => now[part] !== then[part]);
  if (other === undefined) return;
  throw new MoongateError("REPEAT_MISMATCH", `the run of this noise key had ${NAMES[other]}`, {
    cure: REPEAT_CURE,
    details: { part: other },
  });
}
