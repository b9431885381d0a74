import { exampleRows } from "../networks/examples.fixture.ts";
import type { Examples } from "../networks/network.ts";
import type { SplitPlan, SplitWidth } from "./plan.ts";
import type { OneProcessOptions } from "./one-process.ts";

export const PLAN = {
  hidden: 6,
  tower: 5,
  labels: 2,
  epochs: 3,
  batchSize: 50,
  learningRate: 0.1,
  weightDecay: 1e-3,
  seed: "7",
} as const satisfies Omit<SplitPlan, "kind">;

/** The columns of one party. */
export function columnsFrom(
  { features, rows, cols }: Examples,
  from: number,
  to: number,
): Float64Array {
  const width = to - from;
  return Float64Array.from({ length: rows * width }, (_, index) => {
    return features[Math.floor(index / width) * cols + from + (index % width)] ?? NaN;
  });
}

/** Seeded rows whose columns media and commerce hold. */
export function splitExamples(
  seed: string,
  rows: number,
  width: SplitWidth,
): Pick<OneProcessOptions, "rows" | "media" | "commerce"> & {
  readonly joint: Examples;
  readonly targets: Uint8Array;
} {
  const cols = width.media + width.commerce;
  const joint = exampleRows(seed, rows, cols, PLAN.labels);
  return {
    rows,
    joint,
    targets: joint.labels,
    media: { features: columnsFrom(joint, 0, width.media), cols: width.media },
    commerce: { features: columnsFrom(joint, width.media, cols), cols: width.commerce },
  };
}

export function planOf(kind: SplitPlan["kind"], more: Partial<SplitPlan> = {}): SplitPlan {
  return { ...PLAN, kind, ...more };
}
