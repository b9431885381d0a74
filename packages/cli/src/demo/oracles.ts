import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Campaign } from "@moongate/campaign";
import { normaliseIds } from "@moongate/alignment";
import { at, MoongateError } from "@moongate/errors";
import { CONVERSIONS, oracleScores, readTruth } from "@moongate/data";
import {
  aucByEpoch,
  openAbsentRow,
  openDocument,
  oracles,
  type PooledOutcome,
  scoresCsv,
} from "@moongate/federation";
import { writeWhole } from "@moongate/files";
import { POOLED_SCORES_FILE } from "@moongate/run-report";
import { auc } from "@moongate/statistics";
import { type ResultDocument, resultSchema } from "@moongate/results";
import { type Side, recordOf } from "@moongate/messages";
import { joiningReport } from "./joining.ts";
import type { Parties } from "./parties.ts";
import type { DemoTables } from "./tables.ts";

/**
 * Commerce's result document completed with what only the demo can know, because it holds both
 * tables: the pooled models, media alone with the labels, the best possible AUC of synthetic data,
 * and media's local model; and with what joining is worth for a campaign. It is also written to
 * `result.json` in the run directory.
 */
export async function completeResult(
  directory: string,
  parties: Parties,
  tables: DemoTables,
  {
    campaign,
    command,
    signal,
  }: {
    readonly campaign: Campaign;
    readonly command?: string | undefined;
    readonly signal?: AbortSignal | undefined;
  },
): Promise<ResultDocument> {
  const own = resultSchema.parse(await readJson(join(directory, "commerce", "result.json")));
  const preparations = {
    media: await savedPreparation(directory, "media"),
    commerce: await savedPreparation(directory, "commerce"),
  };
  // Looking at the oracle costs no disclosure: its epochs are shown where nobody watched the session.
  const watch = own.protocol === "masked" && own.epochs === undefined;
  const plan = watch ? { ...parties.plan, watchValidation: true as const } : parties.plan;
  const { pooled, models } = await oracles({
    ...{ ...parties, plan, preparations, signal },
    engine: own.engine.name,
  });
  await writePooledScores(directory, own.labels, pooled);
  const best =
    tables.truth === undefined
      ? recordOf<number>([])
      : await bestAuc(tables.truth, parties, pooled);
  const auc = recordOf(
    Object.entries(own.auc).map(([label, values]) => {
      const most = best[label];
      const known = most === undefined ? {} : { best: most };
      return [label, { ...values, pooled: pooled.auc[label]?.test ?? null, ...known }] as const;
    }),
  );
  const joining = await joiningReport(join(directory, "commerce"), own, campaign);
  const result = resultSchema.parse({
    ...own,
    auc,
    models: [...own.models, ...models],
    local: { ...own.local, media: openDocument(preparations.media).local?.report ?? null },
    joining,
    ...(watch ? { epochs: epochsOf(own.labels, pooled) } : {}),
    command,
    runDirectory: directory,
  });
  await writeWhole(join(directory, "result.json"), `${JSON.stringify(result, undefined, 2)}\n`);
  return result;
}

/** The oracle's scores stand in the demo's own folder: no party could have them. */
async function writePooledScores(
  directory: string,
  names: readonly string[],
  { ids, rows, labels, scores }: PooledOutcome,
): Promise<void> {
  const order = Uint32Array.from(ids, (_, row) => row);
  const text = scoresCsv({ ids, order, rows, names, labels, scores });
  await writeWhole(join(directory, POOLED_SCORES_FILE), text);
}

function epochsOf(
  names: readonly string[],
  { labels, rows, looks }: PooledOutcome,
): ResultDocument["epochs"] {
  return { whose: "pooled", labels: aucByEpoch(names, labels, rows, looks) };
}

/** The preparation of a party's columns, which the oracles use as well. */
async function savedPreparation(directory: string, side: Side): Promise<unknown> {
  return openAbsentRow(await readJson(join(directory, side, "model", "preparation.json")))
    .preparation;
}

/**
 * AUC of the true probabilities on the same test rows.
 * @param ids normalised ids of the joint rows; the file and the table have theirs as written.
 * @throws MoongateError INTERNAL for a test row whose user is in no table.
 */
export async function bestAuc(
  file: string,
  { plan, commerce }: Parties,
  { ids, rows }: Pick<PooledOutcome, "ids" | "rows">,
): Promise<Partial<Record<string, number>>> {
  const { idRule } = plan.alignment;
  const written = await readTruth(file);
  const truth = { ...written, ids: normaliseIds(written.ids, idRule) };
  const test = ids.slice(rows.train + rows.validation);
  const rowOf = new Map(normaliseIds(commerce.ids, idRule).map((id, row) => [id, row]));
  const testRows = test.map((id) => {
    const row = rowOf.get(id);
    if (row === undefined) throw new MoongateError("INTERNAL", "a test user is in no table");
    return row;
  });
  return recordOf(
    CONVERSIONS.filter((name) => plan.labels.includes(name)).map((name) => {
      const values = commerce.labels?.[name] ?? [];
      const labels = Uint8Array.from(testRows, (row) => at(values, row));
      return [name, auc(oracleScores(truth, name, test), labels)] as const;
    }),
  );
}

async function readJson(file: string): Promise<unknown> {
  return JSON.parse(await readFile(file, "utf8"));
}
