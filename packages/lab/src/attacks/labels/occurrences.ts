import type { Step } from "../steps.ts";
import type { Scene } from "./run.ts";

/** What came for one known row when it was last or next in a batch. */
export interface Nearest {
  at(step: Step): Float64Array;
}

interface Occurrence {
  readonly step: Step;
  readonly row: number;
}

/**
 * The numbers that came for each known row, as near in time as there are: the gradients of a model
 * that learns are comparable only for a while. Rows that were in no batch are left out.
 */
export function nearestOf(scene: Scene): readonly Nearest[] {
  const found = new Map<number, Occurrence[]>(Array.from(scene.known, (row) => [row, []]));
  for (const step of scene.steps) {
    step.positions.forEach((position, row) => found.get(position)?.push({ step, row }));
  }
  return [...found.values()]
    .filter((occurrences) => occurrences.length > 0)
    .map((occurrences) => nearest(scene, occurrences));
}

function nearest(scene: Scene, occurrences: readonly Occurrence[]): Nearest {
  const read = new Map<Occurrence, Float64Array>();
  return {
    at: ({ step }) => {
      const closest = occurrences.reduce((a, b) =>
        Math.abs(b.step.step - step) < Math.abs(a.step.step - step) ? b : a,
      );
      const kept = read.get(closest);
      if (kept !== undefined) return kept;
      const matrix = scene.matrixAt(closest.step);
      const cols = matrix?.cols ?? 0;
      const values =
        matrix?.values.slice(closest.row * cols, (closest.row + 1) * cols) ?? new Float64Array();
      read.set(closest, values);
      return values;
    },
  };
}
