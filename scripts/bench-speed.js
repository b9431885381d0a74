// `npm run bench:speed [-- --quick]`: kernels, transport, whole training beside TensorFlow.js and
// beside what is asked, where its time goes, and delay. Writes docs/benchmarks/speed.json and the
// tables of docs/performance.md, and fails where a target is missed. --quick measures less, prints the
// tables, writes nothing and judges nothing.
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { availableParallelism, cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { loadEngine } from "@moongate/learning";
import { benchTransport } from "../packages/transport/scripts/bench-transport.js";
import { benchBatchSizes } from "./bench/batch-sizes.js";
import { addDay, dayOf, daysTable } from "./bench/days.js";
import { floorByPhase } from "./bench/floor.js";
import { benchLatency } from "./bench/latency.js";
import { writeSections } from "./bench/page.js";
import { performanceSections, productSections } from "./bench/performance-page.js";
import { benchTraining } from "./bench/sessions.js";
import { benchStreams } from "./bench/streams.js";
import { writeTables } from "./bench/tables.js";
import { judged } from "./bench/targets.js";
import { benchTensorFlow } from "./bench/tensorflow.js";
import { syntheticTable } from "./bench/three-tables.js";
import { benchKernels } from "./bench-kernels.js";

const { values } = parseArgs({ options: { quick: { type: "boolean", default: false } } });
const repeats = values.quick ? 1 : 3;
const rows = values.quick ? 20_000 : 40_000;
const BATCH = 1024;
const HIDDEN = 16;
const WIDTH = { media: 32, commerce: 32 };
/** Of numbers in tables so narrow that they are encoded in bins by default. */
const ENCODED_WIDTH = { media: 20, commerce: 20 };
const SEEDS = values.quick ? ["1"] : ["1", "2", "3", "4", "5"];
const SIZES = [256, 1024, 2048, 4096];
const say = (text) => process.stderr.write(`${text}\n`);

const report = {
  format: "moongate-speed",
  version: 2,
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
  const files = writeTables(join(folder, "tables"), { rows, ...WIDTH });
  report.training = [];
  report.tensorflow = [];
  report.floor = {};
  for (const [model, epochs] of [
    ["logistic", values.quick ? 10 : 30],
    ["sine", values.quick ? 4 : 10],
  ]) {
    const plan = { model, epochs, batchSize: BATCH, numbers: "ranks", repeats };
    say(`training: ${model}`);
    report.training.push(await benchTraining(files, plan));
    say(`TensorFlow.js: ${model}`);
    const shape = { rows: Math.round(rows * 0.7), cols: WIDTH.media + WIDTH.commerce + 1 };
    report.tensorflow.push(
      await benchTensorFlow({ model, ...shape, epochs: 3, batchSize: BATCH, repeats }),
    );
    report.floor[model] = await floorByPhase({
      ...{ model, hidden: HIDDEN, batchSize: BATCH, width: WIDTH },
    });
  }

  report.encoded = [];
  const narrow = writeTables(join(folder, "narrow"), { rows, ...ENCODED_WIDTH });
  for (const numbers of ["ranks", "auto"]) {
    say(`training on 20 + 20 numbers, encoded as ${numbers}`);
    const plan = {
      model: "sine",
      epochs: values.quick ? 3 : 10,
      batchSize: BATCH,
      numbers,
      repeats,
    };
    report.encoded.push(await benchTraining(narrow, plan));
  }

  say("delay");
  report.latency = await benchLatency({
    rows: values.quick ? 4096 : 8192,
    delays: [0, 10, 50],
    batchSizes: SIZES,
  });

  say("what larger batches do to the AUC (synthetic population)");
  const engine = await loadEngine({ engine: "auto" });
  const table = await syntheticTable(folder);
  const sizes = ["auto", ...SIZES];
  Object.assign(report, await benchBatchSizes(table, { seeds: SEEDS, sizes, engine }));
} finally {
  await rm(folder, { recursive: true, force: true });
}

const sections = performanceSections(report);
if (values.quick) {
  for (const [name, body] of Object.entries({ ...sections, ...productSections(report) }))
    process.stdout.write(`${name}\n\n${body}\n\n`);
} else {
  const docs = fileURLToPath(new URL("../docs/", import.meta.url));
  await mkdir(join(docs, "benchmarks"), { recursive: true });
  await writeFile(
    join(docs, "benchmarks", "speed.json"),
    `${JSON.stringify(report, undefined, 1)}\n`,
  );
  const days = await addDay(join(docs, "benchmarks", "speed-days.json"), dayOf(report));
  await writeSections(join(docs, "performance.md"), { ...sections, days: daysTable(days) });
  await writeSections(join(docs, "decisions/0016-no-sparse-products.md"), productSections(report));
  say("docs/benchmarks/speed.json, docs/performance.md and decision 16 written");
  for (const { what, measured, target, met } of judged(report)) {
    if (met) continue;
    say(`MISSED: ${what}: ${measured}, and it should be ${target}`);
    process.exitCode = 1;
  }
}
