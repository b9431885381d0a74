// `npm run compare:defaults [-- --seeds 3] [--tables DIR] [--quick]`: what each choice of the default
// sine network does to the validation AUC, on all three tables, one choice at a time. Writes
// docs/benchmarks/defaults.json and the table of the decision on defaults; --quick (one seed) prints.
import { parseArgs } from "node:util";
import { at } from "@moongate/errors";
import {
  type Aucs,
  preparedRows,
  REAL_TABLES,
  realTables,
  syntheticTable,
  twinAuc,
} from "./bench/three-tables.ts";
import { markdown, signed } from "./figures/page.ts";
import { measuredNow, publish, say, show } from "./figures/publish.ts";
import { mean, meanAndSpread, spread } from "./figures/statistics.ts";
import { withFolder } from "./folder.ts";

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "3" },
    tables: { type: "string", default: REAL_TABLES },
    quick: { type: "boolean", default: false },
  },
});
const SEEDS = Array.from({ length: values.quick ? 1 : Number(values.seeds) }, (_, i) => `${i + 1}`);
const DEFAULTS = "the defaults";
type Model = Parameters<typeof twinAuc>[1];
/** One choice of the plan's model changed, the others left at their defaults. */
const CHOICES = new Map<string, Model>([
  [DEFAULTS, { kind: "sine" }],
  ...[8, 32].map((hidden) => [`${hidden} hidden units`, { kind: "sine", hidden }] as const),
  ...[10, 25].map((epochs) => [`${epochs} epochs`, { kind: "sine", epochs }] as const),
  ...[0.05, 0.2, 0.4].map(
    (rate) => [`learning rate ${rate}`, { kind: "sine", learningRate: rate }] as const,
  ),
  ...[0, 3e-3].map(
    (weightDecay) => [`weight decay ${weightDecay}`, { kind: "sine", weightDecay }] as const,
  ),
  ["logistic regression", { kind: "logistic" }],
]);

interface Run extends Aucs {
  readonly table: string;
  readonly choice: string;
  readonly seed: string;
}

const head = measuredNow("defaults", 1);
const report = await withFolder("defaults", measureAll);
const names = [...new Set(report.map(({ table }) => table))];
const sections = {
  seeds: `Means over ${SEEDS.length} seeds, ± the standard deviation over them.`,
  choices: markdown(
    ["choice", ...names, "mean of the tables"],
    [...CHOICES.keys()].map((choice) => [
      choice,
      ...names.map((name) => cell(name, choice)),
      choice === DEFAULTS
        ? ""
        : signed(
            mean(names.map((name) => mean(validation(name, choice)) - mean(validation(name)))),
          ),
    ]),
  ),
};
if (values.quick) show(sections);
else await publish({ ...head, ...{ report } }, { "decisions/0017-defaults.md": sections });

async function measureAll(folder: string): Promise<Run[]> {
  const runs: Run[] = [];
  for (const table of [await syntheticTable(folder), ...realTables(values.tables)]) {
    for (const seed of SEEDS) {
      const prepared = await preparedRows(table, seed);
      for (const [choice, model] of CHOICES) {
        const auc = await twinAuc(prepared, model);
        runs.push({ table: table.name, choice, seed, ...auc });
        const text = `${auc.validation.toFixed(4)}, test ${auc.test.toFixed(4)}`;
        say(`${table.name}, seed ${seed}, ${choice}: validation ${text}`);
      }
    }
  }
  return runs;
}

function validation(table: string, choice = DEFAULTS): number[] {
  return report
    .filter((one) => one.table === table && one.choice === choice)
    .map((one) => one.validation);
}

/** The defaults' mean; for other choices the mean difference from them, seed by seed. */
function cell(table: string, choice: string): string {
  const base = validation(table);
  if (choice === DEFAULTS) return meanAndSpread(base);
  const differences = validation(table, choice).map((value, seed) => value - at(base, seed));
  return `${signed(mean(differences))} ± ${spread(differences).toFixed(4)}`;
}
