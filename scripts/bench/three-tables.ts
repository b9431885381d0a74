// The three tables every model is measured on: the synthetic population of the demo, and two real
// ones where their folder is. Prepared once for a seed, then trained in the clear as often as asked.
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { CONVERSIONS, OWN_LABELS, WIDE_TOPICS, writePopulation } from "@moongate/data";
import {
  aucByLabel,
  type HeldOutAuc,
  makePlan,
  partyConfigShape,
  pooledRows,
  trainTwin,
} from "@moongate/federation";
import { loadPartyData } from "@moongate/party-data";
import { say } from "../figures/publish.ts";
import { mean } from "../figures/statistics.ts";
import { repository } from "../repository.ts";
import type { BySide } from "./tables.ts";

export const REAL_TABLES = repository("../shared/data");
/** The population `moongate demo` writes where it finds none. */
const DEFAULT_POPULATION = { seed: "moongate", topics: WIDE_TOPICS };

/** A pair of files that a benchmark trains on. */
export interface BenchTable {
  readonly name: string;
  readonly id: string;
  readonly labels: readonly string[];
  readonly files: BySide<string>;
  /** A label of each party's own, which its local model learns. */
  readonly own?: BySide<string> | undefined;
}

/** Validation and test AUC, mean over labels. */
export interface Aucs {
  readonly validation: number;
  readonly test: number;
}

/** A plan with both parties' prepared rows in its order. */
export interface PreparedRows {
  readonly plan: ReturnType<typeof makePlan>;
  readonly joint: Awaited<ReturnType<typeof pooledRows>>;
}

type Choices = NonNullable<Parameters<typeof makePlan>[2]>;

/** The demo's own population, written into a folder of the benchmark's. */
export async function syntheticTable(folder: string): Promise<BenchTable> {
  const files = await writePopulation(join(folder, "data", "synthetic"), DEFAULT_POPULATION);
  return {
    name: "synthetic population",
    labels: CONVERSIONS,
    own: OWN_LABELS,
    id: "user_id",
    files,
  };
}

/** The real tables that are there; a line on standard error names the others. */
export function realTables(data: string = REAL_TABLES): BenchTable[] {
  const known = [
    { name: "online-shoppers", id: "session_id", labels: ["Revenue"] },
    { name: "breast-cancer", id: "id", labels: ["y"] },
  ];
  return known.flatMap((table) => {
    const file = (side: string): string => join(resolve(data), table.name, `${side}.csv`);
    if (existsSync(file("media"))) {
      return [{ ...table, files: { media: file("media"), commerce: file("commerce") } }];
    }
    say(`SKIPPED: ${table.name}, which is not in ${data}`);
    return [];
  });
}

/** Both parties' prepared rows in the clear, as a session of that seed would have them. */
export async function preparedRows(
  table: BenchTable,
  seed: string,
  choices: Choices = {},
): Promise<PreparedRows> {
  const plan = makePlan("bench", table.labels, { ...choices, seed });
  const load = (side: keyof BySide<string>) => {
    const objective = table.own === undefined ? [] : [table.own[side]];
    const file = table.files[side];
    const config = partyConfigShape.data.parse({ file, id: table.id, objective });
    return loadPartyData(config, side === "commerce" ? { labels: table.labels } : {});
  };
  const [media, commerce] = await Promise.all([load("media"), load("commerce")]);
  const joint = await pooledRows({ plan, media, commerce });
  const all = joint.labels.length / table.labels.length;
  const once = (features: typeof joint.media): typeof joint.media => {
    const { cols } = features;
    const values = features.rows(0, all);
    return { cols, rows: (from, to) => values.subarray(from * cols, to * cols) };
  };
  return { plan, joint: { ...joint, media: once(joint.media), commerce: once(joint.commerce) } };
}

/** Mean AUC over labels of the plaintext twin with these choices of the plan's model. */
export async function twinAuc(
  { plan, joint }: PreparedRows,
  model: NonNullable<Choices["model"]>,
): Promise<Aucs> {
  const chosen = makePlan("bench", plan.labels, { seed: plan.seed, model });
  const { rows, labels, media, commerce } = joint;
  const scores = await trainTwin(chosen, rows, { media, commerce }, labels);
  return meanAuc(aucByLabel(plan.labels, labels, rows, scores));
}

/** Mean over labels. */
export function meanAuc(byLabel: Readonly<Record<string, HeldOutAuc>>): Aucs {
  const all = Object.values(byLabel);
  return {
    validation: mean(all.map(({ validation }) => validation ?? NaN)),
    test: mean(all.map(({ test }) => test ?? NaN)),
  };
}
