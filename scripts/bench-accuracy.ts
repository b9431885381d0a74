// `npm run bench:accuracy [-- --seeds 5] [--tables DIR] [--quick]`: whole demos, logistic and sine, on
// the synthetic population and both real tables. Writes docs/benchmarks/accuracy.json and the tables
// of docs/accuracy.md, and fails where a target is missed. --quick (one seed) prints and judges nothing.
import { parseArgs } from "node:util";
import { at } from "@moongate/errors";
import { demo } from "./bench/demo.ts";
import { REAL_TABLES, realTables } from "./bench/three-tables.ts";
import { markdown, number, type Sections } from "./figures/page.ts";
import {
  type Judged,
  judge,
  measuredNow,
  measuredOn,
  publish,
  say,
  show,
} from "./figures/publish.ts";
import { mean, meanAndSpread, median } from "./figures/statistics.ts";
import { withFolder } from "./folder.ts";

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "5" },
    tables: { type: "string", default: REAL_TABLES },
    quick: { type: "boolean", default: false },
  },
});
const SEEDS = Array.from({ length: values.quick ? 1 : Number(values.seeds) }, (_, i) => `${i + 1}`);
const MODELS = ["sine", "logistic"];
const WHO = ["federated", "pooled", "commerceOnly"] as const;
/** Targets of the sine network: the mean test AUC on a table, and the seconds of a whole demo. */
const TARGETS: readonly { table: string; least: number; seconds?: number }[] = [
  { table: "online-shoppers", least: 0.928 },
  { table: "breast-cancer", least: 0.99, seconds: 10 },
];
/** How far the masked model may be from the pooled twin, in every session. */
const APART = 0.002;

interface TableOptions {
  readonly name: string;
  /** Options of `moongate demo`. */
  readonly options: readonly string[];
}

const tables: readonly TableOptions[] = [
  { name: "synthetic population", options: [] },
  ...realTables(values.tables).map(({ name, id, labels, files }) => ({
    name,
    options: [
      ...["--media", files.media, "--commerce", files.commerce],
      ...["--id", id, "--label", labels.join(",")],
    ],
  })),
];
const pairs = tables.flatMap(({ name }) => MODELS.map((model) => ({ name, model })));

const head = measuredNow("accuracy", 1);
const report = await withFolder("accuracy", async (folder) => {
  const runs = [];
  for (const table of tables) {
    for (const model of MODELS) {
      for (const seed of SEEDS) runs.push(await measure(table, model, seed, folder));
    }
  }
  return runs;
});
const judged = [...tableTargets(), ...pairs.map(apartTarget)];
const sections: Sections = {
  environment: `Measured ${measuredOn(head)}; ${SEEDS.length} seeds.`,
  targets: markdown(
    ["", "measured", "target", "met"],
    judged.map(({ what, measured, target, met }) => [
      ...[what, measured, target, met ? "yes" : "**no**"],
    ]),
  ),
  summary: summaryTable(),
  "by seed": seedTable(),
};
if (values.quick) show(sections);
else {
  await publish({ ...head, ...{ report } }, { "accuracy.md": sections });
  judge(judged);
}

/** A whole demo with default options; its AUCs are means over the labels. */
async function measure(table: TableOptions, model: string, seed: string, where: string) {
  const began = performance.now();
  // The population is made in this benchmark's own folder, by the first demo, with the demo's seed.
  const result = await demo(["--model", model, "--seed", seed, ...table.options], { where });
  const seconds = (performance.now() - began) / 1000;
  const labels = Object.values(result.auc);
  const test = {
    federated: mean(labels.map(({ federated }) => federated ?? NaN)),
    pooled: mean(labels.map(({ pooled }) => pooled ?? NaN)),
    commerceOnly: mean(labels.map(({ commerceOnly }) => commerceOnly ?? NaN)),
  };
  const apart = Math.max(
    ...labels.map(({ federated, pooled }) => Math.abs((federated ?? NaN) - (pooled ?? NaN))),
  );
  const validation = mean(labels.map((label) => label.validation.federated ?? NaN));
  const { rows, width } = result;
  const who = WHO.map((one) => `${one} ${test[one].toFixed(4)}`).join(", ");
  say(`${table.name}, ${model}, seed ${seed}: ${who}, ${seconds.toFixed(1)} s`);
  return { table: table.name, model, seed, test, apart, validation, seconds, rows, width };
}

function runsOf(table: string, model: string) {
  return report.filter((run) => run.table === table && run.model === model);
}

function summaryTable(): string {
  return markdown(
    [
      ...["table", "model", "rows matched", "columns"],
      ...[
        "masked",
        "pooled twin",
        "commerce alone",
        "masked from pooled, at most",
        "whole demo, s",
      ],
    ],
    pairs.map(({ name, model }) => {
      const runs = runsOf(name, model);
      const { rows, width } = at(runs, 0);
      return [
        ...[name, model, number(rows.aligned), `${width.media} + ${width.commerce}`],
        ...WHO.map((who) => meanAndSpread(runs.map(({ test }) => test[who]))),
        number(Math.max(...runs.map(({ apart }) => apart)), 4),
        number(median(runs.map(({ seconds }) => seconds)), 1),
      ];
    }),
  );
}

function seedTable(): string {
  return markdown(
    ["table", "model", ...SEEDS.map((seed) => `seed ${seed}`)],
    pairs.map(({ name, model }) => [
      name,
      model,
      ...runsOf(name, model).map(({ test }) => number(test.federated, 4)),
    ]),
  );
}

/** The targets of the tables that are there. */
function tableTargets(): Judged[] {
  return TARGETS.flatMap(({ table, least, seconds }) => {
    const runs = runsOf(table, "sine");
    if (runs.length === 0) return [];
    const auc = mean(runs.map(({ test }) => test.federated));
    const took = median(runs.map((run) => run.seconds));
    const accuracy = {
      what: `${table}: mean test AUC, masked sine network`,
      ...{ measured: number(auc, 4), target: `at least ${least}`, met: auc >= least },
    };
    if (seconds === undefined) return [accuracy];
    const time = {
      what: `${table}: a whole demo, median, s`,
      ...{ measured: number(took, 1), target: `below ${seconds}`, met: took < seconds },
    };
    return [accuracy, time];
  });
}

function apartTarget({ name, model }: { readonly name: string; readonly model: string }): Judged {
  const apart = Math.max(...runsOf(name, model).map((run) => run.apart));
  return {
    what: `${name}, ${model}: masked from pooled, each label of each session`,
    ...{ measured: number(apart, 4), target: `at most ${APART}`, met: apart <= APART },
  };
}
