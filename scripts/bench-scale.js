// `npm run bench:scale [-- --quick]`: training on 10,000 to 1,000,000 rows of 20 + 20 columns, three
// processes. Writes docs/benchmarks/scale.json, docs/benchmarks/scale.svg and the tables of docs/scale.md.
// --quick stops at 100,000 rows and writes nothing into docs; --redraw measures nothing and writes the
// page anew from scale.json, as after a change of the bound or of the chart.
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { availableParallelism, cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { exceeded, PARTS, totalOf } from "./bench/memory-bound.js";
import { markdown, number, writeSections } from "./bench/page.js";
import { scaleChart } from "./bench/scale-chart.js";
import { BATCH, COLUMNS, PROCESSES, scaleRun, together, withBound } from "./bench/scale-runs.js";
import { writeTables } from "./bench/tables.js";

const { values } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    redraw: { type: "boolean", default: false },
    rounds: { type: "string", default: "3" },
  },
});
const SIZES = [10_000, 30_000, 100_000, ...(values.quick ? [] : [300_000, 1_000_000])];
/** All sizes in turn, so often: what disturbs a machine for a while then disturbs one run of each. */
const ROUNDS = values.redraw ? 0 : values.quick ? 1 : Number(values.rounds);
/** The size that is also run with numbers encoded as they are by default: several columns each. */
const ENCODED = 100_000;

const taken = new Map(SIZES.map((rows) => [rows, []]));
const encodedRuns = [];
const folder = await mkdtemp(join(tmpdir(), "moongate-scale-"));
try {
  for (let round = 1; round <= ROUNDS; round++) {
    for (const rows of SIZES) {
      const files = tablesOf(rows);
      const run = await scaleRun(files, rows);
      taken.get(rows).push(run);
      say(`round ${round}, ${number(rows)} rows`, together([run]));
    }
    const run = await scaleRun(tablesOf(ENCODED), ENCODED, "auto");
    encodedRuns.push(run);
    say(`round ${round}, ${number(ENCODED)} rows, encoded by default`, together([run]));
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** Written once, used in every round. */
function tablesOf(rows) {
  const directory = join(folder, String(rows));
  const files = { media: join(directory, "media.csv"), commerce: join(directory, "commerce.csv") };
  return existsSync(directory) ? files : writeTables(directory, { rows, ...COLUMNS });
}

function say(what, { trainingMicrosecondsARow: training, onceMicrosecondsARow: once, ...run }) {
  const peaks = PROCESSES.map((process) => number(run.memory[process] / 1e6)).join(", ");
  const cost = `${training.toFixed(1)} + ${once.toFixed(1)} us a row`;
  process.stderr.write(`${what}: ${cost}, ${run.seconds.total.toFixed(1)} s, ${peaks} MB\n`);
}

const docs = fileURLToPath(new URL("../docs/", import.meta.url));
const file = join(docs, "benchmarks/scale.json");
const measured = () => ({
  format: "moongate-scale",
  version: 2,
  when: new Date().toISOString(),
  environment: { node: process.version, cpu: cpus()[0]?.model, cores: availableParallelism() },
  columns: COLUMNS,
  batchSize: BATCH,
  runs: SIZES.map((rows) => together(taken.get(rows))),
  encoded: together(encodedRuns),
});
const before = values.redraw ? JSON.parse(await readFile(file, "utf8")) : measured();
const runs = before.runs.map(withBound);
const encoded = withBound(before.encoded);
const report = {
  ...before,
  runs,
  encoded,
};

const counts = runs.map(({ rows }) => rows.aligned);
const { environment, when } = report;
const where = `${environment.cores} cores (${environment.cpu}), Node ${environment.node}, ${when.slice(0, 10)}`;
const chart = scaleChart({
  cost: {
    title: "Microseconds a row",
    rows: counts,
    series: [
      { name: "training, an epoch", values: runs.map((run) => run.trainingMicrosecondsARow) },
      { name: "once a session", values: runs.map((run) => run.onceMicrosecondsARow) },
    ],
  },
  memory: {
    title: "Peak memory of each process, MB",
    rows: counts,
    series: PROCESSES.map((name) => ({
      name,
      values: runs.map(({ memory }) => memory[name] / 1e6),
    })),
  },
  note: `Sine network, 16 hidden units, batches of ${BATCH}, 20 + 20 columns, three processes on ${where}`,
});

const megabytes = (bytes) => number(bytes / 1e6);
const loads = runs.flatMap(({ allRuns }) => allRuns.map(({ load }) => load));
const busy = [Math.min(...loads), Math.max(...loads)].map((load) => load.toFixed(1)).join(" to ");
const tables = {
  environment: `Measured on ${where}; the system's load average before the runs was ${busy}.`,
  cost: markdown(
    [
      "rows",
      "epochs",
      "training rows/s",
      "training, µs a row",
      "once a session, µs a row",
      "bytes a row, the whole session, all links",
    ],
    runs.map((run) => [
      number(run.rows.aligned),
      number(run.epochs),
      number(run.rowsPerSecond),
      number(run.trainingMicrosecondsARow, 1),
      number(run.onceMicrosecondsARow, 1),
      number(run.bytesARow),
    ]),
  ),
  phases: markdown(
    ["rows", ...Object.keys(runs[0].seconds).map((phase) => `${phase}, s`)],
    runs.map(({ rows, seconds }) => [
      number(rows.aligned),
      ...Object.values(seconds).map((time) => number(time, 1)),
    ]),
  ),
  memory: markdown(
    ["rows", ...PROCESSES.flatMap((process) => [`${process}, MB`, "bound"])],
    runs.map(({ rows, memory, bound }) => [
      number(rows.aligned),
      ...PROCESSES.flatMap((process) => [
        megabytes(memory[process]),
        megabytes(totalOf(bound[process])),
      ]),
    ]),
  ),
  bound: markdown(
    [`MB at ${number(runs.at(-1).rows.aligned)} rows`, ...PROCESSES],
    [
      ...Object.entries(PARTS).map(([part, words]) => [
        words,
        ...PROCESSES.map((process) => {
          const bytes = runs.at(-1).bound[process][part];
          return bytes === undefined ? "" : megabytes(bytes);
        }),
      ]),
      ["together", ...PROCESSES.map((process) => megabytes(totalOf(runs.at(-1).bound[process])))],
    ],
  ),
  encoded: markdown(
    [
      "numbers",
      "prepared columns, media + commerce",
      "training, µs a row",
      "once a session, µs a row",
      "bytes a row, the whole session",
      ...PROCESSES.map((process) => `${process}, MB`),
    ],
    [
      ["`ranks`", runs.find((run) => run.rows.aligned === ENCODED)],
      ["as by default (`auto`)", encoded],
    ].map(([numbers, run]) => [
      numbers,
      `${number(run.width.media)} + ${number(run.width.commerce)}`,
      number(run.trainingMicrosecondsARow, 1),
      number(run.onceMicrosecondsARow, 1),
      number(run.bytesARow),
      ...PROCESSES.map((process) => megabytes(run.memory[process])),
    ]),
  ),
};

if (values.quick) process.stdout.write(`${Object.values(tables).join("\n\n")}\n`);
else {
  await mkdir(join(docs, "benchmarks"), { recursive: true });
  await writeFile(file, `${JSON.stringify(report, undefined, 2)}\n`);
  await writeFile(join(docs, "benchmarks/scale.svg"), chart);
  await writeSections(join(docs, "scale.md"), tables);
}

for (const { rows, process: name, measured, bound } of exceeded([...runs, encoded])) {
  const text = `${name} took ${megabytes(measured)} MB, and its bound is ${megabytes(bound)}`;
  process.stderr.write(`EXCEEDED: ${number(rows)} rows: ${text}\n`);
  process.exitCode = 1;
}
