import { baselineKinds } from "@moongate/catalogue";
import { at } from "@moongate/errors";
import { type Arrangement, arrangeRows, normaliseIds } from "@moongate/alignment";
import { type Engine, loadEngine } from "@moongate/learning";
import type { ModelReport } from "@moongate/results";
import type { Plan, Side, PartitionRows } from "@moongate/messages";
import { type PartitionLogits, trainTwinModel } from "./baseline.ts";
import { modelReport } from "./baselines/report.ts";
import { trainSplitBaseline } from "./baselines/split.ts";
import { trainBoostedBaseline } from "./baselines/boosting.ts";
import { type BaselineRows, trainBaseline } from "./baselines/train.ts";
import { type ArrangedFeatures, arrangedFeatures, type PartyData } from "./data.ts";
import { aucByLabel, type HeldOutAuc } from "./evaluate.ts";
import type { BothTables, PooledRows } from "./pooled-rows.ts";
import { pooledSlots } from "./pooled-slots.ts";
import { orderKeyOf, requireEnough } from "./session/alignment-rules.ts";
import { fit, labelsOf, partitionOf } from "./session/prepare.ts";

export interface PooledOutcome {
  readonly rows: PartitionRows;
  readonly auc: Readonly<Record<string, HeldOutAuc>>;
  readonly scores: PartitionLogits;
  /** Labels of the joint rows, row-major rows × labels. */
  readonly labels: Uint8Array;
  /** Logits of the validation rows after each epoch: of the twin, if the plan watches. */
  readonly looks: readonly Float64Array[];
  /** Normalised ids of the joint rows in arranged order: training, validation, test. */
  readonly ids: readonly string[];
}

/**
 * The pooled oracle: what a trusted third party that holds both tables would reach with the same
 * plan. The same users in the same order, the same preparation and the same model: on the plaintext
 * twin, or for the split protocol on both halves in this process. Only for those who may hold both
 * tables: the demo, tests, workshops.
 */
export async function pooledTwin(tables: BothTables): Promise<PooledOutcome> {
  const { pooled } = await pool(tables, await pooledRows(tables));
  return pooled;
}

/**
 * The pooled twin, and every baseline that takes an oracle: pooled columns in the other kinds of
 * model, and media's columns alone, which is given commerce's labels for it.
 */
export async function oracles(
  tables: BothTables,
): Promise<{ readonly pooled: PooledOutcome; readonly models: readonly ModelReport[] }> {
  const { plan, signal } = tables;
  const engine = await loadEngine({ engine: tables.engine ?? "auto" });
  const joint = await pooledRows(tables);
  const { rows, labels, media, commerce, raw } = joint;
  const { pooled, trainedRows } = await pool(tables, joint, engine);
  const measured = (scored: Omit<Parameters<typeof modelReport>[0], "oracle">): ModelReport =>
    modelReport({ ...scored, oracle: true }, plan.labels, labels, rows);

  const { kind } = plan.model;
  const models = [measured({ who: "pooled", kind, trainedRows, scores: pooled.scores })];
  const kinds = baselineKinds(plan.model.kind);
  const others = kinds.filter((each) => each !== kind);
  const whose = [
    { who: "pooled", kinds: others, features: [media, commerce] },
    { who: "media", kinds, features: [media] },
  ] as const;
  for (const { who, kinds, features } of whose) {
    for (const each of kinds) {
      signal?.throwIfAborted();
      const ground: BaselineRows = { engine, plan, rows, features, labels };
      const trained = await trainBaseline(each, ground);
      if (trained !== undefined) models.push(measured({ who, ...trained }));
    }
  }
  if (raw !== undefined) {
    const columns = [...raw.media, ...raw.commerce];
    const ground = { columns, rows, labels, labelCount: plan.labels.length, signal };
    models.push(measured({ who: "pooled", ...(await trainBoostedBaseline(ground)) }));
  }
  return { pooled, models };
}

/** One side of the joint table, as its party holds it. */
export interface SideRows {
  readonly rows: PartitionRows;
  readonly features: ArrangedFeatures;
  /** Labels, row-major rows × labels; undefined for a table without any. */
  readonly labels: Uint8Array | undefined;
}

/**
 * The joint rows of one table in a session's order, prepared as the session does it.
 * @param others raw ids of the other table.
 * @throws MoongateError ALIGNMENT_EMPTY, ALIGNMENT_TOO_SMALL, COLUMN_NONE_LEFT
 */
export async function sideRows(
  plan: Plan,
  data: PartyData,
  others: readonly string[],
): Promise<SideRows> {
  const { idRule } = plan.alignment;
  const ids = normaliseIds(data.ids, idRule);
  const joint = common(ids, normaliseIds(others, idRule));
  requireEnough(joint.length);
  const arrangement = await arrangeRows(ids, orderKeyOf(plan), plan.split, joint);
  const fitted = await fit(data, arrangement, plan, { seed: plan.seed });
  return {
    rows: partitionOf(arrangement),
    features: arrangedFeatures(fitted, arrangement.order),
    labels: data.labels === undefined ? undefined : labelsOf(data, plan, arrangement),
  };
}

/** The rows a session would train on, in its order. */
export async function pooledRows(tables: BothTables): Promise<PooledRows> {
  const { plan } = tables;
  if (plan.alignment.method === "hidden") return pooledSlots(tables);
  const mediaIds = normaliseIds(tables.media.ids, plan.alignment.idRule);
  const commerceIds = normaliseIds(tables.commerce.ids, plan.alignment.idRule);
  const key = orderKeyOf(plan);
  const media = await arrangeRows(mediaIds, key, plan.split, common(mediaIds, commerceIds));
  const commerce = await arrangeRows(commerceIds, key, plan.split, common(commerceIds, mediaIds));
  requireEnough(commerce.order.length);
  return {
    rows: partitionOf(commerce),
    labels: labelsOf(tables.commerce, plan, commerce),
    media: await preparedRows(tables, "media", media),
    commerce: await preparedRows(tables, "commerce", commerce),
    raw: rawOfBoth(tables, { media: media.order, commerce: commerce.order }),
    ids: Array.from(commerce.order, (row) => at(commerceIds, row)),
  };
}

/** The unprepared columns of both tables, where both have them at hand. */
export function rawOfBoth(
  { media, commerce }: Pick<BothTables, Side>,
  orders: Readonly<Record<Side, Uint32Array>>,
): PooledRows["raw"] {
  const own = media.rawColumns?.(orders.media);
  const others = commerce.rawColumns?.(orders.commerce);
  return own && others && { media: own, commerce: others };
}

/** Trains the plan's own model on both sides' columns. */
export async function pool(
  { plan, engine: choice = "auto", noises }: BothTables,
  { rows, labels, media, commerce, ids }: PooledRows,
  loaded?: Engine,
): Promise<{ readonly pooled: PooledOutcome; readonly trainedRows: number }> {
  const features = { media, commerce };
  const { scores, looks = [] } =
    plan.protocol === "masked"
      ? await trainTwinModel(plan, rows, features, labels, noises)
      : {
          scores: await trainSplitBaseline(
            loaded ?? (await loadEngine({ engine: choice })),
            plan,
            rows,
            features,
            labels,
          ),
        };
  const auc = aucByLabel(plan.labels, labels, rows, scores);
  return { pooled: { rows, auc, scores, labels, looks, ids }, trainedRows: rows.train };
}

async function preparedRows(
  { plan, preparations, ...tables }: BothTables,
  side: Side,
  arrangement: Arrangement,
): Promise<ArrangedFeatures> {
  const data = tables[side];
  const fitted =
    preparations === undefined || data.reopen === undefined
      ? await fit(data, arrangement, plan, { seed: plan.seed })
      : data.reopen(preparations[side]);
  return arrangedFeatures(fitted, arrangement.order);
}

/** Rows of the first list whose id is in the second. */
function common(ids: readonly string[], others: readonly string[]): Uint32Array {
  const known = new Set(others);
  return Uint32Array.from(ids.flatMap((id, row) => (known.has(id) ? [row] : [])));
}
