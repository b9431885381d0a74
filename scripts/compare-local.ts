// `npm run compare:local [-- --seeds 5] [--tables DIR] [--only NAME] [--quick] [--reuse]`: what a
// party's local model is worth to the joint one. The pooled twin of the default sine network on raw
// columns, on the dense ones of wide tables alone, on towers, and on both, over seeds; writes
// docs/benchmarks/local.json and the tables of docs/local-models.md. --tables is the folder with the
// real tables; --quick writes nothing into docs; --reuse keeps what local.json has where its first seed
// comes out the same again, to the last bit.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { CONVERSIONS, OWN_LABELS, WIDE_TOPICS, writePopulation } from "@moongate/data";
import { at } from "@moongate/errors";
import {
  besideColumns,
  localSettingsSchema,
  makePlan,
  type PartyData,
  pooledTwin,
} from "@moongate/federation";
import { loadPartyData } from "@moongate/party-data";
import { seedMean } from "@moongate/statistics";
import type { BySide, Side } from "./bench/tables.ts";
import { type Aucs, meanAuc, REAL_TABLES, realTables } from "./bench/three-tables.ts";
import { markdown, number, signed } from "./figures/page.ts";
import { measuredNow, publish, say, show } from "./figures/publish.ts";
import { mean } from "./figures/statistics.ts";
import { withFolder } from "./folder.ts";
import { repository } from "./repository.ts";

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
/** What enters the joint model; `dense` is what `both` has beside the embedding, without a tower. */
const INPUTS = ["raw", "dense", "tower", "both"] as const;
type Input = (typeof INPUTS)[number];

/** What a tower is trained towards; where nothing is set, own labels and the columns (the default). */
interface Choice {
  readonly objective?: readonly string[];
  readonly settings?: ReturnType<typeof localSettingsSchema.parse>;
}
const DEFAULT_OBJECTIVE = "own labels and columns";
const OTHER_OBJECTIVES: Readonly<Record<string, Choice>> = {
  "columns alone": { objective: [] },
  "own labels alone": { settings: localSettingsSchema.parse({ labelWeight: "only" }) },
};

interface Table {
  readonly name: string;
  readonly labels: readonly string[];
  readonly id: string;
  readonly own?: BySide<string> | undefined;
  readonly files: (seed: string) => BySide<string> | Promise<BySide<string>>;
}

interface Run extends Aucs {
  readonly seed: string;
  /** Columns of both sides together. */
  readonly columns: number;
  /** From tables to scores. */
  readonly seconds: number;
}

/** All runs of one table, input and objective. */
interface Case {
  readonly table: string;
  readonly input: Input;
  readonly objective: string;
  readonly runs: readonly Run[];
}

const head = measuredNow("local", 1);
const before = values.reuse ? await measuredBefore() : [];
const report: Case[] = [];
const objectivesOf = new Set<string>();
await withFolder("local", async (folder) => {
  for (const table of tablesIn(folder)) await measureTable(table);
});
const byInput = report.filter(({ objective }) => objective === DEFAULT_OBJECTIVE);
const towers = report.filter(({ table, input }) => input === "tower" && objectivesOf.has(table));
const sections = { towers: towersTable(), inputs: inputsTable(), objectives: objectivesTable() };
if (values.quick) show(sections);
else await publish({ ...head, ...{ report } }, { "local-models.md": sections });

async function measuredBefore(): Promise<readonly Case[]> {
  const text = await readFile(repository("docs/benchmarks/local.json"), "utf8");
  return (JSON.parse(text) as { readonly report: readonly Case[] }).report;
}

/** A population of its own for every seed; real tables are the same, partitioned by the seed. */
function tablesIn(folder: string): Table[] {
  const synthetic = (name: string, topics: number): Table => ({
    name,
    labels: CONVERSIONS,
    own: OWN_LABELS,
    id: "user_id",
    files: (seed) => writePopulation(join(folder, `${topics}-${seed}`), { seed, topics }),
  });
  return [
    synthetic("synthetic, narrow", 0),
    synthetic("synthetic, wide", WIDE_TOPICS),
    ...realTables(values.tables).map((table) => ({ ...table, files: () => table.files })),
  ].filter(({ name }) => values.only === undefined || name.includes(values.only));
}

async function measureTable(table: Table): Promise<void> {
  for (const input of INPUTS) await measureCase(table, input, DEFAULT_OBJECTIVE, {});
  if (table.own === undefined) return;
  objectivesOf.add(table.name);
  for (const [objective, choice] of Object.entries(OTHER_OBJECTIVES)) {
    await measureCase(table, "tower", objective, choice);
  }
}

/** One run for each seed; those that were measured before, if the first of them comes out the same. */
async function measureCase(
  table: Table,
  input: Input,
  objective: string,
  choice: Choice,
): Promise<void> {
  const known = before.find(
    (one) => one.table === table.name && one.input === input && one.objective === objective,
  )?.runs;
  const runs: Run[] = [];
  for (const seed of SEEDS) {
    const first = runs.at(0);
    const again = first !== undefined && same(first, known?.at(0));
    const kept = again ? known?.find((run) => run.seed === seed) : undefined;
    runs.push(kept ?? (await measure(table, seed, input, choice)));
  }
  const { columns, seconds } = at(runs, 0);
  // The columns beside an embedding are the raw ones where the table is not wide.
  const raw = find(table.name, "raw")?.at(0);
  if (input === "dense" && columns === raw?.columns) return;
  report.push({ table: table.name, input, objective, runs });
  const [validation, test] = [average(runs, "validation"), average(runs, "test")];
  say(
    `${table.name}, ${input}, ${objective}: validation ${validation.toFixed(4)}, ` +
      `test ${test.toFixed(4)}, ${columns} columns, ${seconds.toFixed(1)} s`,
  );
}

function same(a: Run, b: Run | undefined): boolean {
  const parts = ["seed", "validation", "test", "columns"] as const;
  return parts.every((part) => a[part] === b?.[part]);
}

/** Mean AUC over labels, columns of both sides, and seconds from tables to scores. */
async function measure(
  table: Table,
  seed: string,
  input: Input,
  { objective, settings }: Choice,
): Promise<Run> {
  const files = await table.files(seed);
  const config = (side: Side) => ({
    file: files[side],
    id: table.id,
    exclude: table.own === undefined ? [] : [table.own[side]],
    numbers: "auto" as const,
    local: input === "dense" ? ("raw" as const) : input,
    objective: [...(objective ?? (table.own === undefined ? [] : [table.own[side]]))],
  });
  const learning = settings === undefined ? {} : { settings };
  const plan = makePlan("compare", table.labels, { seed });
  const [media, commerce] = [
    await loadPartyData(config("media"), learning),
    await loadPartyData(config("commerce"), { labels: table.labels, ...learning }),
  ];
  let columns = 0;
  const counted = (data: PartyData): PartyData => ({
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
  return { seed, ...meanAuc(auc), columns, seconds: (performance.now() - start) / 1000 };
}

type Prepared = Awaited<ReturnType<PartyData["prepare"]>>;

/** A preparation with some of its columns alone. */
function someColumns(fitted: Prepared, kept: readonly number[]): Prepared {
  return {
    ...fitted,
    columns: kept.map((col) => at(fitted.columns, col)),
    encode: (each) => {
      const { rows, cols, values: all } = fitted.encode(each);
      const chosen = new Float64Array(rows * kept.length);
      for (let place = 0; place < chosen.length; place++) {
        const row = Math.floor(place / kept.length);
        chosen[place] = at(all, row * cols + at(kept, place % kept.length));
      }
      return { rows, cols: kept.length, values: chosen };
    },
  };
}

/** The runs of a table's input, if it has been measured. */
function find(name: string, which: Input): readonly Run[] | undefined {
  return report.find(({ table, input }) => table === name && input === which)?.runs;
}

function average(runs: readonly Run[], part: "validation" | "test" | "columns"): number {
  return mean(runs.map((run) => run[part]));
}

/** A mean difference paired by seed, with the half width of its 95% interval. */
function paired(runs: readonly Run[], base: readonly Run[], part: "validation" | "test"): string {
  const { mean: difference, interval } = seedMean(
    runs.map((run, seed) => run[part] - at(base, seed)[part]),
  );
  const half = interval === undefined ? NaN : (interval.high - interval.low) / 2;
  return `${signed(difference)} ± ${number(half, 4)}`;
}

/** How far a case is from the runs it is fairly compared with, on validation and on test rows. */
function over(runs: readonly Run[], base: readonly Run[] | undefined): string[] {
  if (base === undefined) return ["", ""];
  return [paired(runs, base, "validation"), paired(runs, base, "test")];
}

function scored({ runs }: Case): string[] {
  const [validation, test] = [average(runs, "validation"), average(runs, "test")];
  return [number(average(runs, "columns")), number(validation, 4), number(test, 4)];
}

function rawUnless({ table, input }: Case): readonly Run[] | undefined {
  return input === "raw" ? undefined : find(table, "raw");
}

/** The runs on the same columns without a tower. */
function withoutTower({ table }: Case): readonly Run[] {
  return find(table, "dense") ?? find(table, "raw") ?? [];
}

function towersTable(): string {
  const said = [
    "columns beside the embedding",
    "the tower adds, validation",
    "the tower adds, test",
  ];
  return markdown(
    ["tables", ...said],
    byInput
      .filter(({ input }) => input === "both")
      .map((one) => [
        one.table,
        number(average(withoutTower(one), "columns")),
        ...over(one.runs, withoutTower(one)),
      ]),
  );
}

const SCORED = ["columns", "validation AUC", "test AUC"];
const OVER_RAW = ["over raw, validation", "over raw, test"];

function inputsTable(): string {
  return markdown(
    ["tables", "input", ...SCORED, ...OVER_RAW],
    byInput.map((one) => [
      ...[one.table, one.input, ...scored(one), ...over(one.runs, rawUnless(one))],
    ]),
  );
}

function objectivesTable(): string {
  return markdown(
    ["tables", "towers trained towards", ...SCORED, ...OVER_RAW],
    towers.map((one) => [
      ...[one.table, one.objective, ...scored(one), ...over(one.runs, rawUnless(one))],
    ]),
  );
}
