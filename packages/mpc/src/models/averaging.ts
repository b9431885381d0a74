import type { Machine } from "../machine.ts";
import { truncate } from "../operations/truncate.ts";
import type { Shared } from "../values.ts";

/** Share of a training's steps, at its end, whose weights are averaged. */
const LAST_SHARE = 0.4;
/** Snapshots at most: more would not average better, and would take bits of the sum. */
const MOST_SNAPSHOTS = 64;

/** The steps after which weights are added up: a power of two of them, so that their mean is exact. */
export interface Snapshots {
  readonly countLog2: number;
  /** True of steps, counted from 0, that are followed by a snapshot. */
  readonly after: (step: number) => boolean;
}

/** Snapshots at equal distances over the last part of so many steps; the last step is one of them. */
export function snapshotsOf(steps: number): Snapshots {
  const last = Math.max(1, Math.floor(steps * LAST_SHARE));
  const countLog2 = Math.floor(Math.log2(Math.min(last, MOST_SNAPSHOTS)));
  const distance = Math.floor(last / 2 ** countLog2);
  const after = (step: number): boolean => {
    const before = steps - 1 - step;
    return before % distance === 0 && before / distance < 2 ** countLog2;
  };
  return { countLog2, after };
}

/**
 * Replaces each weight by the mean of its snapshots: sums are linear, so they need no round; a
 * division by a power of two is one truncation. One round; none where one snapshot is all there is.
 */
export async function assignMeans(
  m: Machine,
  pairs: readonly { readonly weights: Shared; readonly sum: Shared }[],
  countLog2: number,
): Promise<void> {
  const scaled = pairs.every(({ sum, weights }) => sum.scale === weights.scale);
  if (countLog2 === 0 && scaled) {
    for (const { weights, sum } of pairs) m.assign(weights, sum);
    return;
  }
  const means = await m.round(
    ...pairs.map(({ sum, weights }) =>
      truncate(m.timesPowerOfTwo(sum, -countLog2), sum.scale + countLog2 - weights.scale),
    ),
  );
  pairs.forEach(({ weights }, index) => {
    const mean = means[index];
    if (mean !== undefined) m.assign(weights, mean);
  });
}
