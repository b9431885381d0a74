import type { Arrangement } from "@moongate/alignment";
import { MoongateError } from "@moongate/errors";
import type { Plan, SplitRows } from "@moongate/messages";
import type { Features, PartyData } from "../data.ts";
import { arrangedLabels, requireBothClasses } from "../labels.ts";
import { shapeLines } from "../ledger.ts";
import type { Connected } from "./connect.ts";
import type { Joined } from "./join.ts";
import type { JointShape, Session } from "./session.ts";

/** A party's side of the joint table, in arranged order. */
export interface Prepared extends JointShape {
  readonly features: Features;
  /** Commerce: 0/1, row-major rows × labels. */
  readonly labels: Uint8Array | undefined;
}

/**
 * 1. The preparation is fitted on own training rows alone, and all joint rows are encoded.
 * 2. Each announces its width; the coordinator answers with the whole shape.
 */
export async function prepare(
  session: Session,
  { control }: Connected,
  { plan }: Joined,
  arrangement: Arrangement,
): Promise<Prepared> {
  const { options, timeouts, role, ledger } = session;
  const rows = splitOf(arrangement);
  const labels = role === "commerce" ? labelsOf(options.data, plan, arrangement) : undefined;
  const features = encodeRows(options.data, arrangement);
  await control.send({ type: "shape", width: features.cols, rows });
  const start = await control.receive("start", timeouts.workMs);
  const agreed = SPLIT_KEYS.every((key) => start.rows[key] === rows[key]);
  if (!agreed || start.width[role] !== features.cols) {
    throw new MoongateError("MESSAGE_INVALID", '"rows": the coordinator starts another shape');
  }
  for (const line of shapeLines(start.width)) ledger.add(line);
  return { features, labels, rows, width: start.width };
}

const SPLIT_KEYS = ["train", "validation", "test"] as const;

export const splitOf = ({ train, validation, test }: Arrangement): SplitRows => ({
  train,
  validation,
  test,
});

/** Own features of the joint rows, prepared as fitted on the training rows. */
export function encodeRows(data: PartyData, { order, train }: Arrangement): Features {
  const features = data.prepare(order.subarray(0, train)).encode(order);
  if (features.cols === 0) {
    throw new MoongateError("COLUMN_NONE_LEFT", "no feature column is left after preparation");
  }
  return features;
}

/** @throws MoongateError LABEL_MISSING, LABEL_ONE_CLASS */
export function labelsOf(data: PartyData, plan: Plan, arrangement: Arrangement): Uint8Array {
  const labels = arrangedLabels(data.labels ?? {}, plan.labels, arrangement.order);
  requireBothClasses(labels, plan.labels, splitOf(arrangement));
  return labels;
}
