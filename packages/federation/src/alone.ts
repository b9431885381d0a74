import { baselineKinds } from "@moongate/catalogue";
import { loadEngine } from "@moongate/learning";
import type { ModelReport, ResultDocument } from "@moongate/results";
import type { PartitionRows, Width } from "@moongate/messages";
import { modelReport } from "./baselines/report.ts";
import { trainBoostedBaseline } from "./baselines/boosting.ts";
import { trainBaseline } from "./baselines/train.ts";
import { pool, pooledRows } from "./pooled.ts";
import type { BothTables } from "./pooled-rows.ts";
import { engineReport } from "./session/engine.ts";

/** Models that were trained without a session. */
export interface Alone {
  readonly rows: PartitionRows;
  readonly width: Width;
  /** Normalised ids of the joint rows in arranged order. */
  readonly ids: readonly string[];
  readonly models: readonly ModelReport[];
  readonly engine: ResultDocument["engine"];
}

/**
 * Trains every kind of model without a session, as somebody who holds both tables can: on commerce's
 * columns alone (local), or on both sides' (pooled). Rows and order are those of a session with the
 * same plan, so that figures compare.
 */
export async function trainAlone(protocol: "local" | "pooled", tables: BothTables): Promise<Alone> {
  const { plan, signal } = tables;
  const engine = await loadEngine({ engine: tables.engine ?? "auto" });
  const joint = await pooledRows(tables);
  const { rows, labels, media, commerce, ids, raw } = joint;
  const who = protocol === "local" ? "commerce" : "pooled";
  const oracle = protocol === "pooled";
  const measured = (
    scored: Pick<Parameters<typeof modelReport>[0], "kind" | "trainedRows" | "scores">,
  ) => modelReport({ ...scored, who, oracle }, plan.labels, labels, rows);

  const models: ModelReport[] = [];
  if (protocol === "pooled") {
    const { pooled, trainedRows } = await pool(tables, joint, engine);
    models.push(measured({ kind: plan.model.kind, trainedRows, scores: pooled.scores }));
  }
  const features = protocol === "local" ? [commerce] : [media, commerce];
  for (const kind of baselineKinds(plan.model.kind)) {
    signal?.throwIfAborted();
    if (models.some((model) => model.kind === kind)) continue;
    const trained = await trainBaseline(kind, { engine, plan, rows, features, labels });
    if (trained !== undefined) models.push(measured(trained));
  }
  if (raw !== undefined) {
    const columns = protocol === "local" ? raw.commerce : [...raw.media, ...raw.commerce];
    const ground = { columns, rows, labels, labelCount: plan.labels.length, signal };
    models.push(measured(await trainBoostedBaseline(ground)));
  }
  return {
    ...{ rows, ids, models },
    width: { media: media.cols, commerce: commerce.cols },
    engine: engineReport(engine),
  };
}
