// `npm run bench:scale [-- --quick]`: training on 10,000 to 1,000,000 rows of 20 + 20 columns, three
// processes. Writes docs/benchmarks/scale.json, docs/benchmarks/scale.svg and the tables of docs/scale.md.
// --quick stops at 100,000 rows and writes nothing into docs; --redraw measures nothing and writes the
// page anew from scale.json, as after a change of the bound or of the chart.
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { at } from "@moongate/errors";
import { PROCESSES } from "./bench/demo.ts";
import { type BySide, writeTables } from "./bench/tables.ts";
import { markdown, number } from "./figures/page.ts";
import { type Measured, measuredNow, measuredOn, publish, say, show } from "./figures/publish.ts";
import { withFolder } from "./folder.ts";
import { repository } from "./repository.ts";
import { scaleChart } from "./scale/chart.ts";
import { exceeded, type Part, PARTS, totalOf } from "./scale/memory-bound.ts";
import {
  BATCH,
  COLUMNS,
  type ScaleFigures,
  type ScaleRun,
  scaleRun,
  together,
  withBound,
} from "./scale/runs.ts";

const { values } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    redraw: { type: "boolean", default: false },
    rounds: { type: "string", default: "3" },
  },
});
const SIZES = [10_000, 30_000, 100_000, ...(values.quick ? [] : [300_000, 1_000_000])];
/** How often all sizes are measured in turn: what disturbs a machine then disturbs one run of each. */
const ROUNDS = values.quick ? 1 : Number(values.rounds);
/** The size that is also run with numbers encoded as they are by default: several columns each. */
const ENCODED = 100_000;

interface ScaleReport extends Measured {
  readonly columns: BySide<number>;
  readonly batchSize: number;
  readonly runs: readonly ScaleFigures[];
  readonly encoded: ScaleFigures;
}

const before = values.redraw ? await readReport() : await withFolder("scale", measure);
const runs = before.runs.map(withBound);
const encoded = withBound(before.encoded);
const report = { ...before, runs, encoded };

async function readReport(): Promise<ScaleReport> {
  const text = await readFile(repository("docs/benchmarks/scale.json"), "utf8");
  return JSON.parse(text) as ScaleReport;
}

async function measure(folder: string): Promise<ScaleReport> {
  const head = measuredNow("scale", 2);
  const taken = new Map<number, ScaleRun[]>(SIZES.map((rows) => [rows, []]));
  const encodedRuns: ScaleRun[] = [];
  for (let round = 1; round <= ROUNDS; round++) {
    for (const [rows, ofSize] of taken) {
      const run = await scaleRun(tablesOf(folder, rows), rows);
      ofSize.push(run);
      sayRun(`round ${round}, ${number(rows)} rows`, together([run]));
    }
    const run = await scaleRun(tablesOf(folder, ENCODED), ENCODED, "auto");
    encodedRuns.push(run);
    sayRun(`round ${round}, ${number(ENCODED)} rows, encoded by default`, together([run]));
  }
  return {
    ...head,
    columns: COLUMNS,
    batchSize: BATCH,
    runs: [...taken.values()].map(together),
    encoded: together(encodedRuns),
  };
}

/** Tables are written once and used in every round. */
function tablesOf(folder: string, rows: number): BySide<string> {
  const directory = join(folder, String(rows));
  const files = { media: join(directory, "media.csv"), commerce: join(directory, "commerce.csv") };
  return existsSync(directory) ? files : writeTables(directory, { rows, ...COLUMNS });
}

function sayRun(what: string, run: ScaleFigures): void {
  const peaks = PROCESSES.map((process) => number(run.memory[process] / 1e6)).join(", ");
  const [training, once] = [run.trainingMicrosecondsARow, run.onceMicrosecondsARow];
  const cost = `${training.toFixed(1)} + ${once.toFixed(1)} us a row`;
  say(`${what}: ${cost}, ${number(run.seconds["total"] ?? NaN, 1)} s, ${peaks} MB`);
}

const counts = runs.map(({ rows }) => rows.aligned);
const where = measuredOn(report);
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

const largest = at(runs, runs.length - 1);
const megabytes = (bytes: number): string => number(bytes / 1e6);
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
    ["rows", ...Object.keys(largest.seconds).map((phase) => `${phase}, s`)],
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
    [`MB at ${number(largest.rows.aligned)} rows`, ...PROCESSES],
    [
      ...(Object.keys(PARTS) as Part[]).map((part) => [
        PARTS[part],
        ...PROCESSES.map((process) => {
          const bytes = largest.bound[process][part];
          return bytes === undefined ? "" : megabytes(bytes);
        }),
      ]),
      ["together", ...PROCESSES.map((process) => megabytes(totalOf(largest.bound[process])))],
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
      { numbers: "`ranks`", run: at(runs, SIZES.indexOf(ENCODED)) },
      { numbers: "as by default (`auto`)", run: encoded },
    ].map(({ numbers, run }) => [
      numbers,
      `${number(run.width.media)} + ${number(run.width.commerce)}`,
      number(run.trainingMicrosecondsARow, 1),
      number(run.onceMicrosecondsARow, 1),
      number(run.bytesARow),
      ...PROCESSES.map((process) => megabytes(run.memory[process])),
    ]),
  ),
};

if (values.quick) show(tables);
else {
  await publish(report, { "scale.md": tables });
  await writeFile(repository("docs/benchmarks/scale.svg"), chart);
}

for (const { rows, process: name, measured, bound } of exceeded([...runs, encoded])) {
  const text = `${name} took ${megabytes(measured)} MB, and its bound is ${megabytes(bound)}`;
  say(`EXCEEDED: ${number(rows.aligned)} rows: ${text}`);
  process.exitCode = 1;
}
