import { describe, expect, it } from "vitest";
import { fitPreparation } from "../preparation/fit-preparation.ts";
import type { EncodedFeatures } from "../preparation/preparation.ts";
import { binaryLabel } from "../table/binary-label.ts";
import { featureColumns, idsOf } from "../table/roles.ts";
import type { Table } from "../table/table.ts";
import { CONVERSIONS } from "./conversions.ts";
import { expectedAuc, fitAndScore, joined } from "./logistic.fixture.ts";
import { generatePopulation, OWN_LABELS } from "./population.ts";
import { oracleAuc } from "./oracle-auc.fixture.ts";
import { oracleScores } from "./truth.ts";
import { CATEGORIES } from "./users.ts";

/** The product of two weighted sums of columns, as a matrix of one column. */
function product(of: EncodedFeatures, left: Weights, right: Weights): EncodedFeatures {
  const sum = (row: number, weights: Weights): number => {
    let total = 0;
    for (const [name, weight] of Object.entries(weights)) {
      const col = of.names.indexOf(name);
      if (col === -1) throw new Error(`no column ${name}`);
      total += weight * (of.values[row * of.cols + col] ?? 0);
    }
    return total;
  };
  const values = Float64Array.from(
    { length: of.rows },
    (_, row) => sum(row, left) * sum(row, right),
  );
  return { rows: of.rows, cols: 1, names: ["product"], values };
}

type Weights = Readonly<Record<string, number>>;

describe("what the synthetic tables tell about conversions (expected test AUC)", async () => {
  const { media, commerce, truth } = generatePopulation({ seed: "signal" });
  const mediaRows = new Map(idsOf(media).map((id, row) => [id, row]));
  const commerceIds = idsOf(commerce);
  const matched = Uint32Array.from(commerceIds.keys()).filter((row) =>
    mediaRows.has(commerceIds[row] ?? ""),
  );
  const ids = Array.from(matched, (row) => commerceIds[row] ?? "");
  const train = Math.floor(0.7 * matched.length);

  const prepared = async (table: Table, rows: Uint32Array, exclude: readonly string[]) => {
    const features = featureColumns(table, { exclude });
    const fitted = await fitPreparation(table, features, rows.subarray(0, train));
    return fitted.encode(table, rows);
  };
  const ofMedia = await prepared(
    media,
    Uint32Array.from(ids, (id) => mediaRows.get(id) ?? -1),
    [OWN_LABELS.media],
  );
  const ofCommerce = await prepared(commerce, matched, [OWN_LABELS.commerce, ...CONVERSIONS]);
  const both = joined(ofMedia, ofCommerce);

  it.each(CONVERSIONS)("media, commerce < joint < oracle by margins: %s", (conversion) => {
    const all = binaryLabel(commerce, conversion);
    const labels = Uint8Array.from(matched, (row) => all[row] ?? 0);
    const probabilities = oracleScores(truth, conversion, ids.slice(train));
    const auc = (matrix: EncodedFeatures): number =>
      expectedAuc(fitAndScore(matrix, labels, train), probabilities);
    const joint = auc(both);
    const best = oracleAuc(truth, conversion, ids.slice(train));
    expect(joint - auc(ofCommerce)).toBeGreaterThan(0.03);
    expect(joint - auc(ofMedia)).toBeGreaterThan(0.01);
    expect(best - joint).toBeGreaterThan(0.05);
    expect(best).toBeLessThan(0.92);
  });

  it("has products across the sides that a linear model misses", () => {
    const all = binaryLabel(commerce, "store_order");
    const labels = Uint8Array.from(matched, (row) => all[row] ?? 0);
    const probabilities = oracleScores(truth, "store_order", ids.slice(train));
    // interest in looks, whatever the user's activity
    const looks = Object.fromEntries(
      CATEGORIES.map((category) => {
        const weight = category === "beauty" || category === "fashion" ? 1 : -1 / 3;
        return [`${category}_watch_minutes`, weight];
      }),
    );
    // taste for discounts shows in likes of mini-programs, those of channels telling the activity
    const deals = { mini_programs_likes: 1, mini_programs_completions: 1, channels_likes: -2 };
    const withProducts = joined(
      both,
      product(both, looks, { basket_typical: 1 }),
      product(both, deals, { coupons_received: 1 }),
    );
    const [linear, bent] = [both, withProducts].map((matrix) =>
      expectedAuc(fitAndScore(matrix, labels, train), probabilities),
    );
    expect((bent ?? 0) - (linear ?? 0)).toBeGreaterThan(0.02);
  });
});
