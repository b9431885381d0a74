import { type Arrangement, arrangeRows, NO_ROW, normaliseIds } from "@moongate/alignment";
import { at } from "@moongate/errors";
import type { Side } from "@moongate/messages";
import { arrangedFeatures, type FittedPreparation } from "./data.ts";
import { meanRow } from "./joint-rows.ts";
import { arrangedLabels } from "./labels.ts";
import type { BothTables, PooledRows } from "./pooled-rows.ts";
import { orderKeyOf, requireEnough } from "./session/alignment-rules.ts";
import { fit, fittingRows } from "./session/prepare.ts";

/**
 * The rows that count in a session with hidden alignment, in one hand: the common users' for training,
 * and all of commerce's for validation and test, with media's mean row for those media does not have.
 * Preparations are fitted on each party's own rows of their part, as the session does it.
 */
export async function pooledSlots(tables: BothTables): Promise<PooledRows> {
  const { plan, preparations } = tables;
  const key = orderKeyOf(plan);
  const ids = {
    media: normaliseIds(tables.media.ids, plan.alignment.idRule),
    commerce: normaliseIds(tables.commerce.ids, plan.alignment.idRule),
  };
  const own = {
    media: await arrangeRows(ids.media, key, plan.split),
    commerce: await arrangeRows(ids.commerce, key, plan.split),
  };
  const prepared = async (side: Side): Promise<FittedPreparation> => {
    const data = tables[side];
    return preparations === undefined || data.reopen === undefined
      ? await fit(data, own[side], plan, { seed: plan.seed })
      : data.reopen(preparations[side]);
  };
  const [media, commerce] = [await prepared("media"), await prepared("commerce")];

  const placeAtMedia = new Map(ids.media.map((id, row) => [id, row]));
  const rowAtMedia = (row: number): number => placeAtMedia.get(at(ids.commerce, row)) ?? NO_ROW;
  const { train, validation, test, order: all } = own.commerce;
  requireEnough(all.filter((row) => rowAtMedia(row) !== NO_ROW).length);
  const training = all.subarray(0, train).filter((row) => rowAtMedia(row) !== NO_ROW);
  const order = new Uint32Array(training.length + validation + test);
  order.set(training);
  order.set(all.subarray(train), training.length);
  const joint: Arrangement = { order, train: training.length, validation, test };
  const absent = meanRow(media, fittingRows(own.media, plan).fitting);
  return {
    rows: { train: joint.train, validation, test },
    labels: arrangedLabels(tables.commerce.labels ?? {}, plan.labels, order),
    media: arrangedFeatures(media, order.map(rowAtMedia), absent),
    commerce: arrangedFeatures(commerce, order),
    ids: Array.from(order, (row) => at(ids.commerce, row)),
  };
}
