// `npm run bench:speed [-- --quick]`: kernels, transport, whole training beside TensorFlow.js and
// beside what is asked, where its time goes, and delay. Writes docs/benchmarks/speed.json and the
// tables of docs/performance.md, and fails where a target is missed. --quick measures less, prints the
// tables, writes nothing and judges nothing.
import { join } from "node:path";
import { parseArgs } from "node:util";
import { loadEngine } from "@moongate/learning";
import { writeTables } from "./bench/tables.ts";
import { syntheticTable } from "./bench/three-tables.ts";
import { judge, measuredNow, publish, say, show } from "./figures/publish.ts";
import { withFolder } from "./folder.ts";
import { repository } from "./repository.ts";
import { benchBatchSizes } from "./speed/batch-sizes.ts";
import { addDay, dayOf, daysTable } from "./speed/days.ts";
import { floorByPhase } from "./speed/floor.ts";
import { benchKernels } from "./speed/kernels.ts";
import { benchLatency } from "./speed/latency.ts";
import { performanceSections, productSections } from "./speed/performance-page.ts";
import type { SpeedReport, TimedModel } from "./speed/report.ts";
import { benchStreams } from "./speed/streams.ts";
import { judged } from "./speed/targets.ts";
import { benchTensorFlow } from "./speed/tensorflow.ts";
import { benchTraining } from "./speed/training.ts";
import { benchTransport } from "./speed/transport.ts";

const { quick } = parseArgs({ options: { quick: { type: "boolean", default: false } } }).values;
const repeats = quick ? 1 : 3;
const rows = quick ? 20_000 : 40_000;
const BATCH = 1024;
const HIDDEN = 16;
const WIDTH = { media: 32, commerce: 32 };
/** Numbers in tables so narrow that they are encoded in bins by default. */
const ENCODED_WIDTH = { media: 20, commerce: 20 };
const SEEDS = quick ? ["1"] : ["1", "2", "3", "4", "5"];
const SIZES = [256, 1024, 2048, 4096];
const EPOCHS: Readonly<Record<TimedModel, number>> = quick
  ? { logistic: 10, sine: 4 }
  : { logistic: 30, sine: 10 };

const report = await withFolder("speed", measure);
const sections = performanceSections(report);
if (quick) {
  show({ ...sections, ...productSections(report) });
} else {
  const days = await addDay(repository("docs/benchmarks/speed-days.json"), dayOf(report));
  await publish(report, {
    "performance.md": { ...sections, days: daysTable(days) },
    "decisions/0016-no-sparse-products.md": productSections(report),
  });
  judge(judged(report));
}

async function measure(folder: string): Promise<SpeedReport> {
  const head = measuredNow("speed", 2);
  say("kernels");
  const kernels = await benchKernels();
  say("masks");
  const streams = benchStreams();
  say("transport");
  const transport = await benchTransport();
  const files = writeTables(join(folder, "tables"), { rows, ...WIDTH });
  const [logistic, sine] = [await measureModel("logistic"), await measureModel("sine")];
  const encoded = await measureEncodings(folder);
  say("delay");
  const latency = await benchLatency({
    rows: quick ? 4096 : 8192,
    delays: [0, 10, 50],
    batchSizes: SIZES,
  });
  say("what larger batches do to the AUC (synthetic population)");
  const engine = await loadEngine({ engine: "auto" });
  const sizes = ["auto" as const, ...SIZES];
  const batches = await benchBatchSizes(await syntheticTable(folder), {
    ...{ seeds: SEEDS, sizes, engine },
  });
  return {
    ...{ ...head, kernels, streams, transport, encoded, latency, ...batches },
    training: [logistic.training, sine.training],
    tensorflow: [logistic.yardstick, sine.yardstick],
    floor: { logistic: logistic.floor, sine: sine.floor },
  };

  async function measureModel(model: TimedModel) {
    const plan = { model, epochs: EPOCHS[model], batchSize: BATCH, numbers: "ranks", repeats };
    say(`training: ${model}`);
    const training = await benchTraining(files, plan);
    say(`TensorFlow.js: ${model}`);
    const shape = { rows: Math.round(rows * 0.7), cols: WIDTH.media + WIDTH.commerce + 1 };
    const choices = { model, ...shape, epochs: 3, batchSize: BATCH, repeats };
    const yardstick = await benchTensorFlow(choices);
    const floor = await floorByPhase({ model, hidden: HIDDEN, batchSize: BATCH, width: WIDTH });
    return { training, yardstick, floor };
  }
}

/** The sine network on narrow tables, without and with the default encoding of numbers. */
async function measureEncodings(folder: string) {
  const narrow = writeTables(join(folder, "narrow"), { rows, ...ENCODED_WIDTH });
  const epochs = quick ? 3 : 10;
  const measured = [];
  for (const numbers of ["ranks", "auto"]) {
    say(`training on 20 + 20 numbers, encoded as ${numbers}`);
    const plan = { model: "sine", epochs, batchSize: BATCH, numbers, repeats } as const;
    measured.push(await benchTraining(narrow, plan));
  }
  return measured;
}
