import { existsSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { readTable } from "./reading/read-table.ts";
import { fitPreparation } from "./preparation/fit-preparation.ts";
import type { EncodedFeatures } from "./preparation/preparation.ts";
import { expectedAuc, fitAndScore, joined } from "./synthetic/logistic.fixture.ts";
import { describe as describeTable } from "./table/describe.ts";
import { binaryLabel } from "./table/binary-label.ts";
import { featureColumns, idsOf } from "./table/roles.ts";
import type { Table } from "./table/table.ts";

const DATA = path.resolve(import.meta.dirname, "../../../../shared/data");
const absent = !existsSync(DATA);
const why = absent ? ` (skipped: no real tables at ../shared/data)` : "";

/** Prepared features of the given rows, fitted on the first `train` of them. */
async function prepare(
  table: Table,
  rows: Uint32Array,
  train: number,
  labels: readonly string[] = [],
): Promise<EncodedFeatures> {
  const features = featureColumns(table, { labels });
  const fitted = await fitPreparation(table, features, rows.subarray(0, train));
  return fitted.encode(table, rows);
}

/** Test AUC of logistic regressions on commerce's matched rows, alone and joined with media's. */
async function testAucs(
  folder: string,
  id: string,
  label: string,
): Promise<{ matched: number; alone: number; joint: number }> {
  const read = (side: string) => readTable(path.join(DATA, folder, `${side}.csv`), { id });
  const [media, commerce] = [await read("media"), await read("commerce")];
  const places = new Map(idsOf(media).map((value, row) => [value, row]));
  const pairs = idsOf(commerce).flatMap((value, row) => {
    const place = places.get(value);
    return place === undefined ? [] : [{ media: place, commerce: row }];
  });
  const train = Math.floor(0.7 * pairs.length);
  const mediaRows = Uint32Array.from(pairs, (pair) => pair.media);
  const commerceRows = Uint32Array.from(pairs, (pair) => pair.commerce);
  const ofMedia = await prepare(media, mediaRows, train);
  const ofCommerce = await prepare(commerce, commerceRows, train, [label]);
  const all = binaryLabel(commerce, label);
  const labels = Uint8Array.from(commerceRows, (row) => all[row] ?? 0);
  // labels taken as probabilities: the expected AUC is then the ordinary one
  const certain = Float64Array.from(labels.subarray(train));
  const auc = (features: EncodedFeatures): number =>
    expectedAuc(fitAndScore(features, labels, train), certain);
  return { matched: pairs.length, alone: auc(ofCommerce), joint: auc(joined(ofMedia, ofCommerce)) };
}

describe.skipIf(absent)(`online-shoppers${why}`, () => {
  it("is inferred as it is meant", async () => {
    const file = path.join(DATA, "online-shoppers", "media.csv");
    const media = await readTable(file, { id: "session_id" });
    expect(media.rows).toBe(11_367);
    const kinds = Object.fromEntries(describeTable(media).map(({ name, kind }) => [name, kind]));
    expect(kinds).toMatchObject({
      session_id: "text",
      BounceRates: "number",
      Month: "category",
      TrafficType: "number",
      VisitorType: "category",
      Weekend: "boolean",
    });
  });

  it("matches 10,812 rows, and the sides together tell more", async () => {
    const { matched, alone, joint } = await testAucs("online-shoppers", "session_id", "Revenue");
    expect(matched).toBe(10_812);
    // five folds of the same: 0.856 alone, 0.917 joined
    expect(joint).toBeGreaterThan(0.9);
    expect(joint - alone).toBeGreaterThan(0.04);
  });
});

describe.skipIf(absent)(`breast-cancer${why}`, () => {
  it("matches every row, and predicts almost surely", async () => {
    const { matched, joint } = await testAucs("breast-cancer", "id", "y");
    expect(matched).toBe(569);
    expect(joint).toBeGreaterThan(0.98);
  });
});
