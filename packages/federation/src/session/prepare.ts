import type { Arrangement } from "@moongate/alignment";
import { MoongateError } from "@moongate/errors";
import type { Plan, SessionPlan, PartitionRows, Width } from "@moongate/messages";
import {
  type ArrangedFeatures,
  arrangedFeatures,
  type FittedPreparation,
  type PartyData,
  type LocalModelFacts,
} from "../data.ts";
import { type JointArrangement, meanRow, ownArrangement, ownSlots } from "../joint-rows.ts";
import { arrangedLabels } from "../labels.ts";
import { shapeLines } from "../ledger.ts";
import type { SessionOptions } from "../options.ts";
import type { Connected } from "./connect.ts";
import type { Joined } from "./join.ts";
import type { JointRows, Session } from "./session.ts";

/** A party's side of the joint table, in arranged order. */
export interface Prepared extends JointRows {
  readonly fitted: FittedPreparation;
  /** Commerce: 0/1, row-major rows × labels. */
  readonly labels: Uint8Array | undefined;
  /** The party's own rows of the joint ones: the same, unless the joint rows are slots. */
  readonly own: OwnPart;
  /** The party's knowledge of slots, where rows are slots. */
  readonly hidden?: HiddenSlots | undefined;
}

/** A party's own part of the joint rows, with nothing in place of users that it does not have. */
export interface OwnPart {
  readonly arrangement: Arrangement;
  readonly rows: PartitionRows;
  readonly features: ArrangedFeatures;
  readonly labels: Uint8Array | undefined;
}

/** What a party knows of the slots of a hidden alignment. */
export interface HiddenSlots {
  readonly overlap: number;
  /** The party's slots: 1 where it has a row. */
  readonly owned: Uint8Array;
  /** Media's prepared mean row: it stands for users that media does not have. */
  readonly absent: Float64Array | undefined;
}

/**
 * 1. The preparation is fitted, and a local model trained where there is one: see `fit`.
 * 2. Each announces its width; the coordinator answers with the whole shape.
 */
export async function prepare(
  session: Session,
  connected: Connected,
  { plan }: Joined<Plan>,
  joint: JointArrangement,
): Promise<Prepared> {
  const { options, role, progress } = session;
  const rows = partitionOf(joint);
  const arrangement = ownArrangement(joint);
  const ownLabels = role === "commerce" ? labelsOf(options.data, plan, arrangement) : undefined;
  const fitted = await fit(options.data, arrangement, plan, {
    seed: plan.seed,
    onLocal: (done, total) => {
      progress.start("local");
      progress.step(done, total);
    },
    onNote: (text) => {
      progress.note(text);
    },
  });
  if (fitted.local !== undefined) await session.engine.load(); // which it was trained on
  progress.start("preparation");
  const own: OwnPart = {
    arrangement,
    rows: partitionOf(arrangement),
    features: arrangedFeatures(fitted, arrangement.order),
    labels: ownLabels,
  };
  const hidden = hiddenSlots(session, joint, fitted, fittingRows(arrangement, plan).fitting);
  const features = arrangedFeatures(fitted, joint.order, hidden?.absent);
  const width = await agreeOnShape(session, connected, plan, rows, features.cols);
  const labels = ownLabels && arrangedLabels(options.data.labels ?? {}, plan.labels, joint.order);
  return { fitted, features, labels, rows, width, own, hidden };
}

function hiddenSlots(
  { role }: Session,
  joint: JointArrangement,
  fitted: FittedPreparation,
  fitting: Uint32Array,
): HiddenSlots | undefined {
  const owned = ownSlots(joint);
  if (owned === undefined || joint.overlap === undefined) return undefined;
  const absent = role === "media" ? meanRow(fitted, fitting) : undefined;
  return { overlap: joint.overlap, owned, absent };
}

/** Announces the own width; the coordinator answers with both. @throws MoongateError MESSAGE_INVALID */
export async function agreeOnShape(
  { timeouts, role, ledger }: Session<SessionOptions>,
  { control }: Connected,
  { protocol }: SessionPlan,
  rows: PartitionRows,
  cols: number,
): Promise<Width> {
  await control.send({ type: "shape", width: cols, rows });
  const start = await control.receive("start", timeouts.workMs);
  const agreed = PARTS.every((key) => start.rows[key] === rows[key]);
  if (!agreed || start.width[role] !== cols) {
    throw new MoongateError("MESSAGE_INVALID", '"rows": the coordinator starts another shape');
  }
  for (const line of shapeLines(start.width, protocol)) ledger.add(line);
  return start.width;
}

const PARTS = ["train", "validation", "test"] as const;

export const partitionOf = ({ train, validation, test }: Arrangement): PartitionRows => ({
  train,
  validation,
  test,
});

/**
 * The preparation fitted on own training rows alone; a local model learns from all own rows but
 * the joint validation and test rows. Under differential privacy the preparation is fitted on the
 * validation rows instead, and no local model learns from training rows: their noise covers
 * gradients alone, and one user would move the quantiles, and so the features, of all.
 * @throws MoongateError COLUMN_NONE_LEFT
 */
export async function fit(
  data: PartyData,
  arrangement: Arrangement,
  plan: Pick<Plan, "dp">,
  options: Omit<LocalModelFacts, "heldOut">,
): Promise<FittedPreparation> {
  const { fitting, heldOut } = fittingRows(arrangement, plan);
  const fitted = await data.prepare(fitting, { ...options, heldOut });
  if (fitted.columns.length > 0) return fitted;
  throw new MoongateError("COLUMN_NONE_LEFT", "no feature column is left after preparation");
}

/** The rows that statistics of columns are taken from, and those that no local model learns from. */
export function fittingRows(
  { order, train, validation }: Arrangement,
  { dp }: Pick<Plan, "dp">,
): { readonly fitting: Uint32Array; readonly heldOut: Uint32Array } {
  const first = train + validation;
  return dp === undefined
    ? { fitting: order.subarray(0, train), heldOut: order.subarray(train) }
    : {
        fitting: order.subarray(train, first),
        heldOut: order.filter((_, at) => at < train || at >= first),
      };
}

/**
 * The labels of the joint rows, whatever they are: that a label has one class in some rows is no
 * reason to end, because media, which can choose those rows, would learn it from the ending.
 * @throws MoongateError LABEL_MISSING
 */
export function labelsOf(data: PartyData, plan: Plan, arrangement: Arrangement): Uint8Array {
  return arrangedLabels(data.labels ?? {}, plan.labels, arrangement.order);
}
