// Whole sessions: three processes, sockets, TLS, files; what `moongate demo --json` reports.
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const moongate = fileURLToPath(new URL("../../packages/cli/bin/moongate.js", import.meta.url));
const run = promisify(execFile);

/** The result document of a demo with these options. */
export async function demo(options) {
  const folder = await mkdtemp(join(tmpdir(), "moongate-bench-"));
  try {
    const args = ["demo", "--json", "--out", join(folder, "run"), ...options];
    const { stdout } = await run(process.execPath, [moongate, ...args], { maxBuffer: 2 ** 26 });
    return JSON.parse(stdout);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/** Trains `repeats` times and reports the median run. */
export async function benchTraining(files, { model, epochs, batchSize, repeats }) {
  const runs = [];
  for (let repeat = 0; repeat < repeats; repeat++) {
    const result = await demo([
      ...["--media", files.media, "--commerce", files.commerce, "--id", "id", "--label", "y"],
      ...["--model", model, "--epochs", String(epochs), "--batch-size", String(batchSize)],
    ]);
    const { rows, width, seconds, traffic } = result;
    const visited = rows.train * epochs;
    // What is sent once a session: the masked columns (with the constant), over two hops.
    const once = 2 * 8 * rows.aligned * (width.media + width.commerce + 1);
    runs.push({
      rowsPerSecond: Math.round(visited / seconds.training),
      secondsAnEpoch: seconds.training / epochs,
      bytesARowAnEpoch: Math.round((traffic.bytes - once) / visited),
      roundsAStep: Math.floor(traffic.rounds / traffic.steps),
      maskingSeconds: seconds.masking,
      alignmentSeconds: seconds.alignment,
      auc: result.auc.y.federated,
      pooledAuc: result.auc.y.pooled,
      environment: result.environment,
    });
  }
  const typical = median(runs.map((one) => one.rowsPerSecond));
  return {
    model,
    batchSize,
    epochs,
    ...runs.find((one) => one.rowsPerSecond === typical),
    allRuns: runs.map((one) => one.rowsPerSecond),
  };
}
