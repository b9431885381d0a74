// `npm run bench:speed [-- --quick]`: kernels, transport, whole training beside TensorFlow.js, and
// delay. Writes docs/benchmarks/speed.json and the tables of docs/performance.md.
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { availableParallelism, cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { stepCosts } from "@moongate/mpc";
import { benchTransport } from "../packages/transport/scripts/bench-transport.js";
import { compareInFlight } from "./bench/in-flight.js";
import { benchLatency } from "./bench/latency.js";
import { writePage } from "./bench/page.js";
import { benchTraining, demo } from "./bench/sessions.js";
import { benchStreams } from "./bench/streams.js";
import { writeTables } from "./bench/tables.js";
import { benchTensorFlow } from "./bench/tensorflow.js";
import { benchKernels } from "./bench-kernels.js";

const { values } = parseArgs({ options: { quick: { type: "boolean", default: false } } });
const repeats = values.quick ? 1 : 3;
const rows = values.quick ? 20_000 : 40_000;
const BATCH = 1024;
const WIDTH = { media: 32, commerce: 32 };
const say = (text) => process.stderr.write(`${text}\n`);

const report = {
  format: "moongate-speed",
  version: 1,
  when: new Date().toISOString(),
  environment: { node: process.version, cpu: cpus()[0]?.model, cores: availableParallelism() },
};

say("kernels");
report.kernels = await benchKernels();
say("masks");
report.streams = benchStreams();
say("transport");
report.transport = await benchTransport();

const folder = await mkdtemp(join(tmpdir(), "moongate-speed-"));
try {
  const files = writeTables(folder, { rows, ...WIDTH });
  report.training = [];
  report.tensorflow = [];
  report.declared = {};
  for (const [model, epochs] of [
    ["logistic", values.quick ? 10 : 30],
    ["sine", values.quick ? 4 : 10],
  ]) {
    say(`training: ${model}`);
    report.training.push(await benchTraining(files, { model, epochs, batchSize: BATCH, repeats }));
    say(`TensorFlow.js: ${model}`);
    const shape = { rows: Math.round(rows * 0.7), cols: WIDTH.media + WIDTH.commerce + 1 };
    report.tensorflow.push(
      await benchTensorFlow({ model, ...shape, epochs: 3, batchSize: BATCH, repeats }),
    );
    const plan = {
      kind: model,
      hidden: 16,
      epochs,
      batchSize: BATCH,
      learningRate: 0.1,
      weightDecay: 0,
    };
    report.declared[model] = await stepCosts(
      plan,
      { width: { media: WIDTH.media, commerce: WIDTH.commerce + 1 }, labels: 1 },
      BATCH,
    );
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}

say("delay");
const batchSizes = [256, 1024, 4096];
report.latency = await benchLatency({
  rows: values.quick ? 4096 : 8192,
  delays: [0, 10, 50],
  batchSizes,
});
say("what larger batches do to the AUC (synthetic population)");
report.batchSizes = [];
for (const batchSize of batchSizes) {
  const { auc } = await demo(["--batch-size", String(batchSize)]);
  const mean = (pick) =>
    Object.values(auc).reduce((sum, label) => sum + pick(label), 0) / Object.keys(auc).length;
  report.batchSizes.push({
    batchSize,
    federated: mean((label) => label.federated),
    validation: mean((label) => label.validation.federated),
  });
}

say("two batches in flight");
// the demos above have written the default population
report.inFlight = await compareInFlight(
  fileURLToPath(new URL("../data/synthetic", import.meta.url)),
);

const docs = fileURLToPath(new URL("../docs/", import.meta.url));
await mkdir(join(docs, "benchmarks"), { recursive: true });
await writeFile(
  join(docs, "benchmarks", "speed.json"),
  `${JSON.stringify(report, undefined, 1)}\n`,
);
await writePage(join(docs, "performance.md"), report);
say("docs/benchmarks/speed.json and docs/performance.md written");
