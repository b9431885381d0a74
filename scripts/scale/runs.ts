// One size of the scale benchmark: what several demos on the same tables say together.
import { loadavg } from "node:os";
import { at } from "@moongate/errors";
import type { ResultDocument } from "@moongate/results";
import { demo } from "../bench/demo.ts";
import type { BySide } from "../bench/tables.ts";
import { memoryBound } from "./memory-bound.ts";

export const COLUMNS = { media: 20, commerce: 20 };
export const BATCH = 1024;

/** Small tables take more epochs, so that what is timed is training and not its first moments. */
const epochsOf = (rows: number): number => Math.min(20, Math.max(1, Math.round(200_000 / rows)));

/** One demo, and how busy the machine was when it began (the load average of a minute). */
export interface ScaleRun {
  readonly load: number;
  readonly result: ResultDocument;
}

/** A demo on tables of so many rows, and how busy the machine was when it began. */
export async function scaleRun(
  files: BySide<string>,
  rows: number,
  numbers = "ranks",
): Promise<ScaleRun> {
  const load = at(loadavg(), 0);
  const result = await demo([
    ...["--media", files.media, "--commerce", files.commerce, "--id", "id", "--label", "y"],
    ...["--numbers", numbers, "--epochs", String(epochsOf(rows)), "--batch-size", String(BATCH)],
  ]);
  return { load, result };
}

/** Over all runs of one size: the least seconds of each phase, the greatest memory of each process. */
export function together(runs: readonly ScaleRun[]) {
  const results = runs.map(({ result }) => result);
  const { rows, width, model, traffic, auc, baselineRows } = at(results, 0);
  const seconds = extreme(
    results.map((one) => one.seconds),
    Math.min,
  );
  const memory = extreme(
    results.map((one) => one.memory),
    Math.max,
  );
  const visited = rows.train * model.epochs;
  const second = (phase: string): number => seconds[phase] ?? NaN;
  const once = ["alignment", "preparation", "masking", "evaluation"];
  const onceSeconds = once.reduce((sum, phase) => sum + second(phase), 0);
  return {
    rows,
    width,
    epochs: model.epochs,
    baselineRows,
    rowsPerSecond: Math.round(visited / second("training")),
    trainingMicrosecondsARow: (1e6 * second("training")) / visited,
    onceMicrosecondsARow: (1e6 * onceSeconds) / rows.aligned,
    bytesARow: Math.round(traffic.bytes / rows.aligned),
    seconds,
    memory,
    auc: at(Object.values(auc), 0),
    allRuns: runs.map(({ load, result }) => ({
      load,
      seconds: result.seconds,
      memory: result.memory,
    })),
  };
}

/** What the runs of one size say together. */
export type ScaleFigures = ReturnType<typeof together>;

/** The same with what each process may take at most, for these rows and columns. */
export function withBound(run: ScaleFigures) {
  const { rows, width } = run;
  return { ...run, bound: memoryBound({ rows, width, columns: COLUMNS }) };
}

/** The least or the greatest of each entry over records of the same keys. */
function extreme<Key extends string>(
  records: readonly Readonly<Record<Key, number>>[],
  choose: (...values: number[]) => number,
): Record<Key, number> {
  const keys = Object.keys(at(records, 0)) as Key[];
  return Object.fromEntries(
    keys.map((key) => [key, choose(...records.map((record) => record[key]))]),
  ) as Record<Key, number>;
}
