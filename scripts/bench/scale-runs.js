// One size of the scale benchmark: what several demos on the same tables say together.
import { loadavg } from "node:os";
import { memoryBound } from "./memory-bound.js";
import { demo, PROCESSES } from "./sessions.js";

export { PROCESSES };

export const COLUMNS = { media: 20, commerce: 20 };
export const BATCH = 1024;

/** Small tables take more epochs, so that what is timed is training and not its first moments. */
const epochsOf = (rows) => Math.min(20, Math.max(1, Math.round(200_000 / rows)));

/** A demo on tables of so many rows, and how busy the machine was when it began. */
export async function scaleRun(files, rows, numbers = "ranks") {
  const [load] = loadavg();
  const result = await demo([
    ...["--media", files.media, "--commerce", files.commerce, "--id", "id", "--label", "y"],
    ...["--numbers", numbers, "--epochs", String(epochsOf(rows)), "--batch-size", String(BATCH)],
  ]);
  return { load, result };
}

/** Of all runs of one size: the least seconds of each phase, the greatest memory of each process. */
export function together(runs) {
  const results = runs.map(({ result }) => result);
  const [{ rows, width, model, traffic, auc, baselineRows }] = results;
  const seconds = extreme(
    results.map((one) => one.seconds),
    Math.min,
  );
  const memory = extreme(
    results.map((one) => one.memory),
    Math.max,
  );
  const visited = rows.train * model.epochs;
  const once = ["alignment", "preparation", "masking", "evaluation"];
  const onceSeconds = once.reduce((sum, phase) => sum + seconds[phase], 0);
  return {
    rows,
    width,
    epochs: model.epochs,
    baselineRows,
    rowsPerSecond: Math.round(visited / seconds.training),
    trainingMicrosecondsARow: (1e6 * seconds.training) / visited,
    onceMicrosecondsARow: (1e6 * onceSeconds) / rows.aligned,
    bytesARow: Math.round(traffic.bytes / rows.aligned),
    seconds,
    memory,
    auc: auc.y,
    allRuns: runs.map(({ load, result }) => ({
      load,
      seconds: result.seconds,
      memory: result.memory,
    })),
  };
}

/** With what each process may take at most, for these rows and columns. */
export const withBound = (run) => ({
  ...run,
  bound: memoryBound({ rows: run.rows, width: run.width, columns: COLUMNS }),
});

const extreme = (records, choose) =>
  Object.fromEntries(
    Object.keys(records[0]).map((key) => [key, choose(...records.map((record) => record[key]))]),
  );
