import { createHmac } from "node:crypto";
import { MoongateError } from "@moongate/errors";
import { canonical, type Plan, type PartitionRows } from "@moongate/messages";
import { z } from "zod";
import type { ArrangedFeatures } from "../../data.ts";
import { derived } from "./key.ts";
import { type OwnTable, stretches } from "./rows.ts";

const digest = z.hex().length(64);

/**
 * Fingerprint of everything a party's noise is added to: each part's HMAC-SHA256 under the noise
 * key, in hex. The key may be used again for exactly these inputs.
 */
export const noiseFingerprintSchema = z.strictObject({
  /** All of the plan but the session's name. */
  plan: digest,
  /** The joint users in arranged order. */
  rows: digest,
  /** Own prepared columns of these rows. */
  columns: digest,
  /** Labels of training rows, at commerce. */
  labels: digest.optional(),
});
export type NoiseFingerprint = z.infer<typeof noiseFingerprintSchema>;

/** Everything a party's noise is added to. */
export interface NoiseTarget {
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

/** The fingerprint of these inputs. It says nothing about them to somebody without the key. */
export function noiseFingerprint(key: Uint8Array, of: NoiseTarget): NoiseFingerprint {
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

/** Own columns: training rows as training has them, the others as they are encoded. */
function* columns({ own, rows, features }: NoiseTarget): Generator<Piece> {
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
} satisfies Record<keyof NoiseFingerprint, string>;

/** The cure of REPEAT_MISMATCH. */
export const REPEAT_CURE =
  "Give both parties the tables, options and keys of that run; for anything else leave " +
  "the key (--repeat, noiseKey) out, so that new noise is drawn: the same noise over other data " +
  "would show what changed.";

/**
 * Refuses to add a run's noise to other inputs than it was added to then.
 * @throws MoongateError REPEAT_MISMATCH naming the first part that differs.
 */
export function requireSameNoise(now: NoiseFingerprint, then: NoiseFingerprint): void {
  const parts = ["plan", "rows", "columns", "labels"] as const;
  const other = parts.find((part) => now[part] !== then[part]);
  if (other === undefined) return;
  throw new MoongateError("REPEAT_MISMATCH", `the run of this noise key had ${NAMES[other]}`, {
    cure: REPEAT_CURE,
    details: { part: other },
  });
}
