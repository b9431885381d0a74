// `node scripts/compare-defaults.js [--seeds 3] [--tables DIR] [--quick]`: what each choice of the
// default sine network does to the validation AUC, on all three tables, one choice at a time. Writes
// docs/benchmarks/defaults.json and the table of the decision on defaults; --quick (one seed) prints.
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { availableParallelism, cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { markdown, number, writeSections } from "./bench/page.js";
import { mean, spread } from "./bench/statistics.js";
import {
  preparedRows,
  REAL_TABLES,
  realTables,
  syntheticTable,
  twinAuc,
} from "./bench/three-tables.js";

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "3" },
    tables: { type: "string", default: REAL_TABLES },
    quick: { type: "boolean", default: false },
  },
});
const SEEDS = Array.from({ length: values.quick ? 1 : Number(values.seeds) }, (_, i) => `${i + 1}`);
/** One choice of the plan's model changed, the others left at their defaults. */
const CHOICES = [
  ["the defaults", {}],
  ...[8, 32].map((hidden) => [`${hidden} hidden units`, { hidden }]),
  ...[10, 25].map((epochs) => [`${epochs} epochs`, { epochs }]),
  ...[0.05, 0.2, 0.4].map((learningRate) => [`learning rate ${learningRate}`, { learningRate }]),
  ...[0, 3e-3].map((weightDecay) => [`weight decay ${weightDecay}`, { weightDecay }]),
  ["logistic regression", { kind: "logistic" }],
];

const report = [];
const folder = await mkdtemp(join(tmpdir(), "moongate-defaults-"));
try {
  for (const table of [await syntheticTable(folder), ...realTables(values.tables)]) {
    for (const seed of SEEDS) {
      const prepared = await preparedRows(table, seed);
      for (const [choice, model] of CHOICES) {
        const auc = await twinAuc(prepared, { kind: "sine", ...model });
        report.push({ table: table.name, choice, seed, ...auc });
        const text = `${auc.validation.toFixed(4)}, test ${auc.test.toFixed(4)}`;
        process.stderr.write(`${table.name}, seed ${seed}, ${choice}: validation ${text}\n`);
      }
    }
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}

const names = [...new Set(report.map(({ table }) => table))];
const validation = (table, choice) =>
  report.filter((one) => one.table === table && one.choice === choice).map((one) => one.validation);
const signed = (value) => `${value < 0 ? "−" : "+"}${number(Math.abs(value), 4)}`;
/** The defaults' mean; of other choices the mean difference from them, seed by seed. */
const cell = (table, choice) => {
  const base = validation(table, CHOICES[0][0]);
  if (choice === CHOICES[0][0]) return `${number(mean(base), 4)} ± ${number(spread(base), 4)}`;
  const differences = validation(table, choice).map((value, seed) => value - base[seed]);
  return `${signed(mean(differences))} ± ${number(spread(differences), 4)}`;
};
const rows = CHOICES.map(([choice]) => {
  const change = mean(
    names.map((name) => mean(validation(name, choice)) - mean(validation(name, CHOICES[0][0]))),
  );
  return [
    choice,
    ...names.map((name) => cell(name, choice)),
    choice === CHOICES[0][0] ? "" : signed(change),
  ];
});
const table = markdown(["choice", ...names, "mean of the tables"], rows);

if (values.quick) process.stdout.write(`${table}\n`);
else {
  const docs = fileURLToPath(new URL("../docs/", import.meta.url));
  await mkdir(join(docs, "benchmarks"), { recursive: true });
  const document = {
    format: "moongate-defaults",
    version: 1,
    when: new Date().toISOString(),
    environment: { node: process.version, cpu: cpus()[0]?.model, cores: availableParallelism() },
    report,
  };
  await writeFile(
    join(docs, "benchmarks/defaults.json"),
    `${JSON.stringify(document, undefined, 1)}\n`,
  );
  await writeSections(join(docs, "decisions/0017-defaults.md"), {
    seeds: `Means over ${SEEDS.length} seeds, ± the standard deviation over them.`,
    choices: table,
  });
}
