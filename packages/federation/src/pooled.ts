import { type Arrangement, arrangeRows, normaliseIds } from "@moongate/alignment";
import type { Plan, SplitRows } from "@moongate/messages";
import { type Scores, trainTwin } from "./baseline.ts";
import { type ArrangedFeatures, arrangedFeatures, type PartyData } from "./data.ts";
import { aucByLabel, type Evaluation } from "./evaluate.ts";
import { orderKeyOf, requireEnough } from "./session/align.ts";
import { fit, labelsOf, splitOf } from "./session/prepare.ts";

export interface PooledOutcome {
  readonly rows: SplitRows;
  readonly auc: Readonly<Record<string, Evaluation>>;
  readonly scores: Scores;
  /** Normalised ids of the joint rows in arranged order: training, validation, test. */
  readonly ids: readonly string[];
}

/**
 * The pooled oracle: what a trusted third party that holds both tables would reach with the same
 * plan. The same users in the same order, the same preparation and the same model, on the
 * plaintext twin. Only for those who may hold both tables: the demo, tests, workshops.
 */
export async function pooledTwin(options: {
  readonly plan: Plan;
  readonly media: PartyData;
  readonly commerce: PartyData;
}): Promise<PooledOutcome> {
  const { plan } = options;
  const mediaIds = normaliseIds(options.media.ids, plan.alignment.idRule);
  const commerceIds = normaliseIds(options.commerce.ids, plan.alignment.idRule);
  const key = orderKeyOf(plan);
  const media = await arrangeRows(mediaIds, key, plan.split, common(mediaIds, commerceIds));
  const commerce = await arrangeRows(commerceIds, key, plan.split, common(commerceIds, mediaIds));
  requireEnough(commerce.order.length);
  const rows = splitOf(commerce);
  const labels = labelsOf(options.commerce, plan, commerce);
  const scores = await trainTwin(
    plan,
    rows,
    {
      media: await preparedRows(options.media, media),
      commerce: await preparedRows(options.commerce, commerce),
    },
    labels,
  );
  return {
    rows,
    auc: aucByLabel(plan.labels, labels, rows, scores),
    scores,
    ids: Array.from(commerce.order, (row) => commerceIds[row] ?? ""),
  };
}

async function preparedRows(data: PartyData, arrangement: Arrangement): Promise<ArrangedFeatures> {
  return arrangedFeatures(await fit(data, arrangement), arrangement.order);
}

/** Rows of the first list whose id is in the second. */
function common(ids: readonly string[], others: readonly string[]): Uint32Array {
  const known = new Set(others);
  return Uint32Array.from([...ids.keys()].filter((row) => known.has(ids[row] ?? "")));
}
