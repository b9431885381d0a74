// Time and memory of reading a table of 1,000,000 rows and 40 columns, in CSV and in Parquet.
// Usage: node scripts/bench-reading.js [--rows N] [--columns N] [--rounds N] [--against FOLDER]
// FOLDER is the built @moongate/data of another version (its dist/): both take turns, each in a
// process of its own, so that a slow minute of the machine falls on both.
import { spawnSync } from "node:child_process";
import { createWriteStream, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { once } from "node:events";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { parquetWriteFile } from "hyparquet-writer";

const { values } = parseArgs({
  options: {
    rows: { type: "string", default: "1000000" },
    columns: { type: "string", default: "40" },
    rounds: { type: "string", default: "3" },
    against: { type: "string" },
    read: { type: "string" },
    file: { type: "string" },
  },
});

/** In a process of its own: reads the file and prints seconds, CPU time and peak memory. */
async function readOnce(module, file) {
  const { readTable } = await import(pathToFileURL(module).href);
  const began = performance.now();
  const table = await readTable(file, { id: "id" });
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage();
  const cpu = (user + system) / 1e6;
  const peak = process.resourceUsage().maxRSS * 1024;
  process.stdout.write(JSON.stringify({ seconds, cpu, peak, rows: table.rows }));
}

async function compare() {
  const rows = Number(values.rows);
  const columns = Number(values.columns);
  const folder = mkdtempSync(join(tmpdir(), "moongate-reading-"));
  try {
    const csv = join(folder, "table.csv");
    const parquet = join(folder, "table.parquet");
    await writeCsv(csv, rows, columns);
    writeParquet(parquet, rows, columns);
    const here = fileURLToPath(new URL("../packages/data/dist/index.js", import.meta.url));
    const other = values.against === undefined ? undefined : resolve(values.against, "index.js");
    if (other !== undefined && !existsSync(other)) throw new Error(`${other} does not exist`);
    const runs = [
      ...(other === undefined ? [] : [["CSV, other version", other, csv]]),
      ["CSV", here, csv],
      ["Parquet", here, parquet],
    ];
    const measured = new Map(runs.map(([name]) => [name, []]));
    for (let round = 0; round < Number(values.rounds); round++) {
      for (const [name, module, file] of runs) measured.get(name).push(inProcess(module, file));
    }
    for (const [name, all] of measured) {
      const best = all.reduce((least, each) => (each.seconds < least.seconds ? each : least));
      const times = all.map(({ seconds }) => seconds.toFixed(1)).join(", ");
      const cpu = Math.min(...all.map((each) => each.cpu));
      const peak = Math.max(...all.map((each) => each.peak)) / 2 ** 20;
      process.stdout.write(
        `${name}: ${best.seconds.toFixed(1)} s at best (${times}), ${cpu.toFixed(1)} s of CPU time at least, peak ${peak.toFixed(0)} MiB\n`,
      );
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function inProcess(module, file) {
  const self = fileURLToPath(import.meta.url);
  const ended = spawnSync(process.execPath, [self, "--read", module, "--file", file], {
    encoding: "utf8",
    maxBuffer: 1 << 20,
  });
  if (ended.status !== 0) throw new Error(ended.stderr);
  return JSON.parse(ended.stdout);
}

/** Numbers for the most part; one column in ten is a category. */
const isCategory = (column) => column % 10 === 9;
const LEVELS = ["north", "east", "south", "west"];
const numberAt = (row, column) => ((row * 7919 + column * 104729) % 100003) / 1000;
const levelAt = (row, column) => LEVELS[(row + column) % LEVELS.length];

async function writeCsv(file, rows, columns) {
  const stream = createWriteStream(file);
  const names = Array.from({ length: columns }, (_, column) => `c${column}`);
  stream.write(`id,${names.join(",")}\n`);
  for (let row = 0; row < rows; row++) {
    let line = `u${row}`;
    for (let column = 0; column < columns; column++) {
      line += `,${isCategory(column) ? levelAt(row, column) : numberAt(row, column)}`;
    }
    if (!stream.write(`${line}\n`)) await once(stream, "drain");
  }
  stream.end();
  await once(stream, "finish");
}

function writeParquet(file, rows, columns) {
  const ids = Array.from({ length: rows }, (_, row) => `u${row}`);
  const columnData = [{ name: "id", data: ids, type: "STRING" }];
  for (let column = 0; column < columns; column++) {
    const category = isCategory(column);
    const data = category ? new Array(rows) : new Float64Array(rows);
    for (let row = 0; row < rows; row++) {
      data[row] = category ? levelAt(row, column) : numberAt(row, column);
    }
    columnData.push({ name: `c${column}`, data, type: category ? "STRING" : "DOUBLE" });
  }
  parquetWriteFile({ filename: file, columnData });
}

if (values.read !== undefined) await readOnce(values.read, values.file ?? "");
else await compare();
