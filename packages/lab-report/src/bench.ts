import { availableParallelism, cpus } from "node:os";
import { join } from "node:path";
import { environment } from "@moongate/federation";
import { writeReport } from "./write-report.ts";
import { ownTable, realTable, syntheticTable } from "@moongate/lab";
import { loadTable } from "@moongate/lab";
import { type Executor, here, Worker } from "@moongate/lab";
import { auditsOf, FULL, type GridShape, gridOf, type GridTable, QUICK } from "@moongate/lab";
import { notTried } from "./not-tried.ts";
import { progressLine, type ProgressOutput } from "@moongate/lab";
import { runGrid } from "@moongate/lab";
import type { UnitResult } from "@moongate/lab";

export interface BenchOptions {
  readonly quick: boolean;
  /** Paired seeds. */
  readonly seeds: number;
  /** Worker processes; 0 computes in this one. */
  readonly jobs: number;
  /** Results and report. */
  readonly folder: string;
  /** Folders below which real tables are looked for; the first that has one counts. */
  readonly data: readonly string[];
  /** Size of the synthetic population, in place of the grid's; of tables of one's own, a sample. */
  readonly users?: number | undefined;
  /** Tables of one's own in place of all others. */
  readonly own?:
    | {
        readonly media: string;
        readonly commerce: string;
        readonly id: string;
        readonly labels: readonly string[];
        /** Public share of positives, for defences that take one; 0.5 by default. */
        readonly prior?: number | undefined;
      }
    | undefined;
  /** The command that reproduces the report. */
  readonly command: string;
  readonly signal?: AbortSignal;
}

const SYNTHETIC_USERS = { quick: 3000, full: 34_000 };
/** Users of the shoppers' table in the quick grid. */
const QUICK_USERS = 2200;

export const MOST_JOBS = availableParallelism();

/**
 * The whole benchmark: tables, grid, report.
 * @returns the results and the names of the report's files.
 * @throws MoongateError INTERRUPTED (the folder stays good to go on from), or what is wrong with files.
 */
export async function bench(
  options: BenchOptions,
  output: ProgressOutput,
): Promise<{ readonly results: readonly UnitResult[]; readonly files: readonly string[] }> {
  const { quick, seeds, folder, signal } = options;
  const say = (text: string): void => void output.write(`${text}\n`);
  const shape: GridShape = quick ? QUICK : FULL;
  const tables = await tablesOf(options, say);
  // Made or read once here, so that no two workers make the same files.
  for (const { spec } of tables) await loadTable(spec);
  const names = Array.from({ length: seeds }, (_, at) => String(at + 1));
  const jobs = [...auditsOf(shape), ...gridOf(shape, tables, names)];
  const executors: Executor[] =
    options.jobs === 0 ? [here] : Array.from({ length: options.jobs }, () => new Worker());
  const results = await runGrid({
    ...{ folder, jobs, executors, onProgress: progressLine(output) },
    signal,
  });
  const { moongate, node, os, cpu } = environment();
  const files = await writeReport(results, {
    folder,
    command: options.command,
    generated: new Date(),
    environment: {
      moongate,
      node,
      system: os,
      processor: `${cpu}, ${cpus().length} cores, ${options.jobs} processes at once`,
    },
    notTried: notTried(quick),
    tables: Object.fromEntries(tables.map((table) => [table.spec.name, aboutTable(table)])),
  });
  return { results, files };
}

async function tablesOf(
  { quick, users, own, data, folder }: BenchOptions,
  say: (text: string) => void,
): Promise<GridTable[]> {
  if (own !== undefined) {
    const sample = users === undefined ? {} : { users };
    return [await ownTable({ name: "own", ...own, ...sample, labels: [...own.labels] })];
  }
  const size = users ?? (quick ? SYNTHETIC_USERS.quick : SYNTHETIC_USERS.full);
  const tables = [syntheticTable(size, join(folder, "tables"))];
  const wanted = quick
    ? ([["online-shoppers", QUICK_USERS]] as const)
    : ([["online-shoppers"], ["breast-cancer"]] as const);
  for (const [name, rows] of wanted) {
    const table = await realTable(data, name, rows);
    if (table === undefined) {
      say(`no ${name} in ${data.join(" or ")}: the grid does without it (--data names a folder)`);
    } else tables.push(table);
  }
  if (tables.length === 1) say("no real table was found: every figure is of made-up people");
  return tables;
}

function aboutTable({ spec, labels }: GridTable): string {
  const label = `label ${labels.join(", ")}`;
  if (spec.kind === "synthetic") return `A made-up population of ${spec.users} people, ${label}.`;
  const users = spec.users === undefined ? "all users" : `about ${spec.users} of its users`;
  return `A table of real users, ${users}, ${label}.`;
}
