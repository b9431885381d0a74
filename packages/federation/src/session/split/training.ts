import type { Engine, SplitPlan, SplitWidth } from "@moongate/learning";
import type { PartitionRows } from "@moongate/messages";
import type { Link } from "@moongate/transport";
import type { ArrangedFeatures } from "../../data.ts";
import type { Ledger } from "../../ledger.ts";
import type { PhaseProgress } from "../../progress.ts";
import type { SessionView } from "../view.ts";
import type { SplitLines } from "./lines.ts";
import type { OwnTable } from "./rows.ts";
import type { SentFrames } from "./sent-frames.ts";

/** The context of a split training, the same for both parts. */
export interface SplitTraining {
  readonly engine: Engine;
  readonly plan: SplitPlan;
  readonly width: SplitWidth;
  readonly rows: PartitionRows;
  /** Own columns of the joint rows. */
  readonly features: ArrangedFeatures;
  /** The same of the training rows, encoded once. */
  readonly own: OwnTable;
  /** This party's secret: see `noiseKey`. */
  readonly key: Uint8Array;
  readonly inner: Link;
  /** The tags of all matrices sent so far. */
  readonly sent: SentFrames;
  readonly ledger: Ledger;
  readonly lines: SplitLines;
  readonly progress: PhaseProgress;
  readonly view: SessionView | undefined;
  /** Hears, once, that the own half learns nothing more because training ran away. */
  readonly onRunaway: () => void;
  /** Milliseconds to wait for the other's frame of a step, longer for its first. */
  patience(step: number): number;
  /** The rows to be scored after training. */
  heldOut(): readonly HeldOut[];
}

interface HeldOut {
  readonly what: "validation" | "test";
  readonly from: number;
  readonly to: number;
  readonly onRows: (done: number) => void;
}

/** Validation and test rows, in order; their progress is reported as one. */
export function heldOutRows(
  { train, validation, test }: PartitionRows,
  progress: PhaseProgress,
): HeldOut[] {
  const total = validation + test;
  const middle = train + validation;
  return [
    {
      what: "validation",
      from: train,
      to: middle,
      onRows: (done) => {
        progress.step(done, total);
      },
    },
    {
      what: "test",
      from: middle,
      to: middle + test,
      onRows: (done) => {
        progress.step(validation + done, total);
      },
    },
  ];
}
