// `npm run bench:accuracy [-- --seeds 5] [--tables DIR] [--quick]`: whole demos, logistic and sine, on
// the synthetic population and both real tables. Writes docs/benchmarks/accuracy.json and the tables
// of docs/accuracy.md, and fails where a target is missed. --quick (one seed) prints and judges nothing.
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { availableParallelism, cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { markdown, number, writeSections } from "./bench/page.js";
import { demo } from "./bench/sessions.js";
import { mean, median, spread } from "./bench/statistics.js";
import { REAL_TABLES, realTables } from "./bench/three-tables.js";

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "5" },
    tables: { type: "string", default: REAL_TABLES },
    quick: { type: "boolean", default: false },
  },
});
const SEEDS = Array.from({ length: values.quick ? 1 : Number(values.seeds) }, (_, i) => `${i + 1}`);
const MODELS = ["sine", "logistic"];
const WHO = ["federated", "pooled", "commerceOnly"];
/** As asked: of the sine network on that table, the mean test AUC and the seconds of a whole demo. */
const TARGETS = [
  { table: "online-shoppers", least: 0.928 },
  { table: "breast-cancer", least: 0.99, seconds: 10 },
];
/** The masked model's distance from the pooled twin, in every session. */
const APART = 0.002;

const folder = await mkdtemp(join(tmpdir(), "moongate-accuracy-"));
const synthetic = { name: "synthetic population", options: [] };
const tables = [
  synthetic,
  ...realTables(values.tables).map(({ name, id, labels, files }) => ({
    name,
    options: [
      ...["--media", files.media, "--commerce", files.commerce],
      ...["--id", id, "--label", labels.join(",")],
    ],
  })),
];

const report = [];
try {
  for (const table of tables) {
    for (const model of MODELS) {
      for (const seed of SEEDS) report.push(await measure(table, model, seed));
    }
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** A whole demo with default options; its AUCs are means over the labels. */
async function measure({ name, options }, model, seed) {
  const began = performance.now();
  // The population is made in this benchmark's own folder, by the first demo, with the demo's seed.
  const result = await demo(["--model", model, "--seed", seed, ...options], { where: folder });
  const seconds = (performance.now() - began) / 1000;
  const labels = Object.values(result.auc);
  const over = (pick) => mean(labels.map(pick));
  const test = Object.fromEntries(WHO.map((who) => [who, over((label) => label[who])]));
  const apart = Math.max(...labels.map(({ federated, pooled }) => Math.abs(federated - pooled)));
  const validation = over((label) => label.validation.federated);
  const { rows, width } = result;
  const run = { table: name, model, seed, test, apart, validation, seconds, rows, width };
  process.stderr.write(
    `${name}, ${model}, seed ${seed}: ${WHO.map((who) => `${who} ${test[who].toFixed(4)}`).join(", ")}, ` +
      `${seconds.toFixed(1)} s\n`,
  );
  return run;
}

const of = (table, model) => report.filter((run) => run.table === table && run.model === model);
const pairs = tables.flatMap(({ name }) => MODELS.map((model) => ({ name, model })));
const over = (values) => `${number(mean(values), 4)} ± ${number(spread(values), 4)}`;

const summary = markdown(
  [
    ...["table", "model", "rows matched", "columns"],
    ...["masked", "pooled twin", "commerce alone", "masked from pooled, at most", "whole demo, s"],
  ],
  pairs.map(({ name, model }) => {
    const runs = of(name, model);
    const [{ rows, width }] = runs;
    return [
      ...[name, model, number(rows.aligned), `${width.media} + ${width.commerce}`],
      ...WHO.map((who) => over(runs.map(({ test }) => test[who]))),
      number(Math.max(...runs.map(({ apart }) => apart)), 4),
      number(median(runs.map(({ seconds }) => seconds)), 1),
    ];
  }),
);
const bySeed = markdown(
  ["table", "model", ...SEEDS.map((seed) => `seed ${seed}`)],
  pairs.map(({ name, model }) => [
    name,
    model,
    ...of(name, model).map(({ test }) => number(test.federated, 4)),
  ]),
);

/** Every target with what came of it; of tables that are there. */
const judged = [
  ...TARGETS.filter(({ table }) => of(table, "sine").length > 0).flatMap(
    ({ table, least, seconds }) => {
      const runs = of(table, "sine");
      const auc = mean(runs.map(({ test }) => test.federated));
      const took = median(runs.map((run) => run.seconds));
      return [
        {
          what: `${table}: mean test AUC, masked sine network`,
          ...{ measured: number(auc, 4), target: `at least ${least}`, met: auc >= least },
        },
        ...(seconds === undefined
          ? []
          : [
              {
                what: `${table}: a whole demo, median, s`,
                ...{ measured: number(took, 1), target: `below ${seconds}`, met: took < seconds },
              },
            ]),
      ];
    },
  ),
  ...pairs.map(({ name, model }) => {
    const apart = Math.max(...of(name, model).map((run) => run.apart));
    return {
      what: `${name}, ${model}: masked from pooled, each label of each session`,
      ...{ measured: number(apart, 4), target: `at most ${APART}`, met: apart <= APART },
    };
  }),
];
const targets = markdown(
  ["", "measured", "target", "met"],
  judged.map(({ what, measured, target, met }) => [what, measured, target, met ? "yes" : "**no**"]),
);
const cores = `${availableParallelism()} cores (${cpus()[0]?.model}), Node ${process.version}`;
const sections = {
  environment: `Measured ${new Date().toISOString().slice(0, 10)} on ${cores}; ${SEEDS.length} seeds.`,
  targets,
  summary,
  "by seed": bySeed,
};

if (values.quick) process.stdout.write(`${Object.values(sections).join("\n\n")}\n`);
else {
  const docs = fileURLToPath(new URL("../docs/", import.meta.url));
  await mkdir(join(docs, "benchmarks"), { recursive: true });
  const document = {
    format: "moongate-accuracy",
    version: 1,
    when: new Date().toISOString(),
    environment: { node: process.version, cpu: cpus()[0]?.model, cores: availableParallelism() },
    report,
  };
  await writeFile(
    join(docs, "benchmarks/accuracy.json"),
    `${JSON.stringify(document, undefined, 1)}\n`,
  );
  await writeSections(join(docs, "accuracy.md"), sections);
  for (const { what, measured, target, met } of judged) {
    if (met) continue;
    process.stderr.write(`MISSED: ${what}: ${measured}, and it should be ${target}\n`);
    process.exitCode = 1;
  }
}
