// Whole sessions: three processes, sockets, TLS, files; what `moongate demo --json` reports.
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { attribute } from "./attribution.js";
import { median } from "./statistics.js";

const moongate = fileURLToPath(new URL("../../packages/cli/bin/moongate.js", import.meta.url));
const profiler = new URL("profiler.js", import.meta.url).href;
const run = promisify(execFile);

export const PROCESSES = ["coordinator", "media", "commerce"];

/**
 * The result document of a demo with these options.
 * @param where the folder it runs in, where the population it makes without tables stays; by
 *   default one of its own
 */
export async function demo(options, { where, env } = {}) {
  const folder = await mkdtemp(join(tmpdir(), "moongate-bench-"));
  try {
    const args = ["demo", "--json", "--out", join(folder, "run"), ...options];
    const { stdout } = await run(process.execPath, [moongate, ...args], {
      maxBuffer: 2 ** 26,
      cwd: where ?? folder,
      env: { ...process.env, ...env },
    });
    return JSON.parse(stdout);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Its result, and by process the microseconds of its training phase by what they were spent on. */
async function profiledDemo(options) {
  const folder = await mkdtemp(join(tmpdir(), "moongate-profiles-"));
  try {
    const env = { NODE_OPTIONS: `--import ${profiler}`, MOONGATE_PROFILES: folder };
    const result = await demo(options, { env });
    const spent = {};
    for (const each of PROCESSES) {
      const profile = JSON.parse(await readFile(join(folder, `${each}.json`), "utf8"));
      spent[each] = await attribute(profile);
    }
    return { result, spent };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Rows that each phase works on. */
const rowsOf = ({ rows }, epochs) => ({
  masking: rows.train,
  training: rows.train * epochs,
  evaluation: rows.validation + rows.test,
});

/** CPU microseconds a row of each process, by phase. */
function cpuByPhase(result, epochs) {
  return Object.fromEntries(
    Object.entries(rowsOf(result, epochs)).map(([phase, rows]) => [
      phase,
      Object.fromEntries(
        PROCESSES.map((each) => [each, (1e6 * result.cpuSeconds[each][phase]) / rows]),
      ),
    ]),
  );
}

/**
 * Trains `repeats` times and reports the median run. A session of one epoch tells what everything
 * but the steps costs: rounds and bytes of a step are what the other epochs add. One more run is
 * profiled.
 */
export async function benchTraining(files, { model, epochs, batchSize, numbers, repeats }) {
  const options = (passes) => [
    ...["--media", files.media, "--commerce", files.commerce, "--id", "id", "--label", "y"],
    ...["--numbers", numbers, "--model", model, "--epochs", String(passes)],
    ...["--batch-size", String(batchSize)],
  ];
  const once = await demo(options(1));
  const added = (result, pick) => pick(result) - pick(once);
  const runs = [];
  for (let repeat = 0; repeat < repeats; repeat++) {
    const result = await demo(options(epochs));
    const { rows, seconds, traffic, environment, auc, width } = result;
    const visited = rows.train * epochs;
    const steps = added(result, (one) => one.traffic.steps);
    const roundsAStep = whole(added(result, (one) => one.traffic.rounds) / steps);
    runs.push({
      rowsPerSecond: Math.round(visited / seconds.training),
      secondsAnEpoch: seconds.training / epochs,
      bytesARowAnEpoch: Math.round(
        added(result, (one) => one.traffic.bytes) / (rows.train * (epochs - 1)),
      ),
      roundsAStep,
      roundsBesideSteps: traffic.rounds - traffic.steps * roundsAStep,
      maskingSeconds: seconds.masking,
      alignmentSeconds: seconds.alignment,
      cpuMicrosecondsARow: cpuByPhase(result, epochs),
      width,
      auc: auc.y.federated,
      pooledAuc: auc.y.pooled,
      environment,
    });
  }
  const { result, spent } = await profiledDemo(options(epochs));
  const visited = result.rows.train * epochs;
  const typical = median(runs.map((one) => one.rowsPerSecond));
  return {
    model,
    batchSize,
    epochs,
    numbers,
    ...runs.find((one) => one.rowsPerSecond === typical),
    allRuns: runs.map((one) => one.rowsPerSecond),
    profile: {
      rowsPerSecond: Math.round(visited / result.seconds.training),
      cpuMicrosecondsARow: cpuByPhase(result, epochs).training,
      microsecondsARow: Object.fromEntries(
        PROCESSES.map((each) => [each, perRow(spent[each], visited)]),
      ),
    },
  };
}

const perRow = (spent, rows) =>
  Object.fromEntries(Object.entries(spent).map(([what, time]) => [what, time / rows]));

function whole(rounds) {
  if (!Number.isInteger(rounds)) throw new Error(`a step takes ${rounds} rounds, no whole number`);
  return rounds;
}
