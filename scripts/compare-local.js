// `node scripts/compare-local.js [--seeds 5] [--tables DIR] [--quick] [--reuse]`: what a party's
// local model is worth to the joint one. The pooled twin of the default sine network on raw columns,
// of wide tables on the dense ones alone, on towers, and on both, over seeds; writes
// docs/benchmarks/local.json and the tables of docs/local-models.md.
// --tables is the folder with online-shoppers and breast-cancer; --quick writes nothing into docs;
// --reuse keeps what local.json has where its first seed comes out the same again, to the last bit.
import { existsSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { availableParallelism, cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { CONVERSIONS, OWN_LABELS, WIDE_TOPICS, writePopulation } from "@moongate/data";
import { besideColumns, localSettingsSchema, makePlan, pooledTwin } from "@moongate/federation";
import { loadPartyData } from "@moongate/party-data";
import { markdown, number, writeSections } from "./bench/page.js";
import { REAL_TABLES, realTables } from "./bench/three-tables.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "5" },
    tables: { type: "string", default: REAL_TABLES },
    only: { type: "string" },
    quick: { type: "boolean", default: false },
    reuse: { type: "boolean", default: false },
  },
});
const SEEDS = Array.from({ length: Number(values.seeds) }, (_, index) => String(index + 1));
const SIDES = ["media", "commerce"];
/** `dense` is what `both` has beside the embedding: the same columns, without a tower. */
const INPUTS = ["raw", "dense", "tower", "both"];
/** What a tower is trained towards: own labels and the columns (the default), or one of them. */
const OBJECTIVES = [
  ["own labels and columns", {}],
  ["columns alone", { objective: [] }],
  ["own labels alone", { settings: localSettingsSchema.parse({ labelWeight: "only" }) }],
];

const folder = await mkdtemp(join(tmpdir(), "moongate-local-"));

/** A population of its own for every seed; real tables are the same, split by the seed. */
const synthetic = (name, topics) => ({
  name,
  labels: CONVERSIONS,
  own: OWN_LABELS,
  id: "user_id",
  files: (seed) => writePopulation(join(folder, `${topics}-${seed}`), { seed, topics }),
});
const TABLES = [
  synthetic("synthetic, narrow", 0),
  synthetic("synthetic, wide", WIDE_TOPICS),
  ...realTables(values.tables).map((table) => ({ ...table, files: () => table.files })),
].filter(({ name }) => values.only === undefined || name.includes(values.only));

/** Mean AUC over labels, columns of both sides, and seconds from tables to scores. */
async function measure(table, seed, input, { objective, settings }) {
  const files = await table.files(seed);
  const config = (side) => ({
    file: files[side],
    id: table.id,
    exclude: table.own === undefined ? [] : [table.own[side]],
    numbers: "auto",
    local: input === "dense" ? "raw" : input,
    objective: objective ?? (table.own === undefined ? [] : [table.own[side]]),
  });
  const learning = settings === undefined ? {} : { settings };
  const plan = makePlan("compare", table.labels, { seed });
  const [media, commerce] = [
    await loadPartyData(config("media"), learning),
    await loadPartyData(config("commerce"), { labels: table.labels, ...learning }),
  ];
  let columns = 0;
  const counted = (data) => ({
    ...data,
    prepare: async (...given) => {
      const prepared = await data.prepare(...given);
      const fitted = input === "dense" ? someColumns(prepared, besideColumns(prepared)) : prepared;
      columns += fitted.columns.length;
      return fitted;
    },
  });
  const start = performance.now();
  const { auc } = await pooledTwin({ plan, media: counted(media), commerce: counted(commerce) });
  const seconds = (performance.now() - start) / 1000;
  const mean = (part) =>
    Object.values(auc).reduce((sum, value) => sum + value[part], 0) / table.labels.length;
  return { seed, validation: mean("validation"), test: mean("test"), columns, seconds };
}

/** Some columns of a preparation. */
const someColumns = (fitted, kept) => ({
  ...fitted,
  columns: kept.map((col) => fitted.columns[col]),
  encode: (each) => {
    const { rows, cols, values } = fitted.encode(each);
    const chosen = new Float64Array(rows * kept.length);
    for (let at = 0; at < chosen.length; at++) {
      chosen[at] = values[Math.floor(at / kept.length) * cols + kept[at % kept.length]];
    }
    return { rows, cols: kept.length, values: chosen };
  },
});

/** The runs of a table's input, if it has been measured. */
const find = (name, which) =>
  report.find(({ table, input }) => table === name && input === which)?.runs;

const average = (runs, part) => runs.reduce((sum, run) => sum + run[part], 0) / runs.length;

/** The half width of a 95% interval of the mean difference, paired by seed. */
function paired(runs, base, part) {
  const differences = runs.map((run, index) => run[part] - base[index][part]);
  const mean = differences.reduce((sum, value) => sum + value, 0) / differences.length;
  const variance =
    differences.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (differences.length - 1);
  return { mean, half: T_95[differences.length] * Math.sqrt(variance / differences.length) };
}
/** Student's t, two-sided, by the number of values. */
const T_95 = { 2: 12.71, 3: 4.3, 4: 3.18, 5: 2.78, 6: 2.57, 7: 2.45, 8: 2.36, 9: 2.31, 10: 2.26 };

const before = values.reuse
  ? JSON.parse(readFileSync(join(root, "docs/benchmarks/local.json"), "utf8")).report
  : [];

/** A run for each seed; those that were measured before, if the first of them comes out the same. */
async function measureAll(table, input, objective, choice) {
  const known = before.find(
    (one) => one.table === table.name && one.input === input && one.objective === objective,
  )?.runs;
  const runs = [];
  for (const seed of SEEDS) {
    const again = runs.length > 0 && same(runs[0], known?.[0]);
    const kept = again ? known.find((run) => run.seed === seed) : undefined;
    runs.push(kept ?? (await measure(table, seed, input, choice)));
  }
  return runs;
}
const same = (a, b) =>
  ["seed", "validation", "test", "columns"].every((part) => a[part] === b?.[part]);

const report = [];
try {
  for (const table of TABLES) {
    const cases = INPUTS.map((input) => ({ input, objective: OBJECTIVES[0][0], choice: {} }));
    if (table.own !== undefined) {
      for (const [objective, choice] of OBJECTIVES.slice(1)) {
        cases.push({ input: "tower", objective, choice });
      }
    }
    for (const { input, objective, choice } of cases) {
      const runs = await measureAll(table, input, objective, choice);
      // Of a table that is not wide, the columns beside an embedding are the raw ones.
      if (input === "dense" && runs[0].columns === find(table.name, "raw")[0].columns) continue;
      report.push({ table: table.name, input, objective, runs });
      const [validation, test] = ["validation", "test"].map((part) => average(runs, part));
      process.stderr.write(
        `${table.name}, ${input}, ${objective}: validation ${validation.toFixed(4)}, ` +
          `test ${test.toFixed(4)}, ${runs[0].columns} columns, ${runs[0].seconds.toFixed(1)} s\n`,
      );
    }
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}

const apart = ({ mean, half }) =>
  `${mean < 0 ? "−" : "+"}${number(Math.abs(mean), 4)} ± ${number(half, 4)}`;
/** What a case differs by from the runs it is fairly compared with, on validation and test rows. */
const over = (runs, base) =>
  base === undefined
    ? ["", ""]
    : ["validation", "test"].map((part) => apart(paired(runs, base, part)));
const scored = ({ runs }) => [
  number(average(runs, "columns"), 0),
  number(average(runs, "validation"), 4),
  number(average(runs, "test"), 4),
];
const rawUnless = ({ table, input }) => (input === "raw" ? undefined : find(table, "raw"));
/** The same columns without a tower. */
const without = ({ table, input }) =>
  input === "both" ? (find(table, "dense") ?? find(table, "raw")) : undefined;

const SCORED = ["columns", "validation AUC", "test AUC"];
const OVER_RAW = ["over raw, validation", "over raw, test"];
const inputs = report.filter(({ objective }) => objective === OBJECTIVES[0][0]);
const towers = report.filter(
  ({ table, input }) =>
    input === "tower" && TABLES.some(({ name, own }) => name === table && own !== undefined),
);
const tables = {
  towers: markdown(
    [
      "tables",
      "columns beside the embedding",
      "the tower adds, validation",
      "the tower adds, test",
    ],
    inputs
      .filter(({ input }) => input === "both")
      .map((one) => [
        one.table,
        number(average(without(one), "columns"), 0),
        ...over(one.runs, without(one)),
      ]),
  ),
  inputs: markdown(
    ["tables", "input", ...SCORED, ...OVER_RAW],
    inputs.map((one) => [one.table, one.input, ...scored(one), ...over(one.runs, rawUnless(one))]),
  ),
  objectives: markdown(
    ["tables", "towers trained towards", ...SCORED, ...OVER_RAW],
    towers.map((one) => [
      one.table,
      one.objective,
      ...scored(one),
      ...over(one.runs, rawUnless(one)),
    ]),
  ),
};

if (values.quick) process.stdout.write(`${Object.values(tables).join("\n\n")}\n`);
else {
  const docs = join(root, "docs");
  await mkdir(join(docs, "benchmarks"), { recursive: true });
  const document = {
    format: "moongate-local",
    version: 1,
    when: new Date().toISOString(),
    environment: { node: process.version, cpu: cpus()[0]?.model, cores: availableParallelism() },
    report,
  };
  await writeFile(
    join(docs, "benchmarks/local.json"),
    `${JSON.stringify(document, undefined, 2)}\n`,
  );
  await writeSections(join(docs, "local-models.md"), tables);
}
