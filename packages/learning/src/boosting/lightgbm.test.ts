import { readFileSync } from "node:fs";
import { auc } from "@moongate/statistics";
import { describe, expect, it } from "vitest";
import { boostedScores } from "./booster.ts";
import type { RawColumn } from "./raw-column.ts";
import { BOOSTING_DEFAULTS } from "./settings.ts";
import { trained } from "./trained.fixture.ts";

/** What LightGBM reaches on this table; reference.py makes it in the same way. */
const REFERENCE = JSON.parse(
  readFileSync(new URL("lightgbm.json", import.meta.url), "utf8"),
) as Readonly<Record<"defaults" | "cautious", number>>;
const SETTINGS = {
  defaults: { ...BOOSTING_DEFAULTS, leaves: 31, l2: 0, leafWeight: 1e-3 },
  cautious: BOOSTING_DEFAULTS,
} as const;
const [ROWS, M, MOST] = [6000, 2_147_483_647, 94_906_265];

function uniform(row: number, stream: number): number {
  let h = (row * 48_271 + stream * 69_621 + 12_345) % M;
  for (let i = 0; i < 3; i++) {
    h %= MOST;
    h = (h * h + row + stream) % M;
  }
  return h / M;
}

/** Signs that multiply, a square, one level in three, and missing values that tell of z. */
function table(): { readonly columns: readonly RawColumn[]; readonly labels: Uint8Array } {
  const rows = Array.from({ length: ROWS }, (_, row) => row);
  const signed = (row: number, stream: number): number => 2 * uniform(row, stream) - 1;
  const levelOf = (row: number): number => Math.floor(40 * uniform(row, 4) ** 2);
  const labels = Uint8Array.from(rows, (row) => {
    const [x, y, z] = [signed(row, 1), signed(row, 2), signed(row, 3)];
    const score = (x * y > 0 ? 2 : 0) + z * z + (levelOf(row) % 3 === 0 ? 1 : 0) - 1.8;
    return uniform(row, 5) < 1 / (1 + Math.exp(-2 * score)) ? 1 : 0;
  });
  const x = Float64Array.from(rows, (row) =>
    uniform(row, 6) < (signed(row, 3) > 0.8 ? 0.5 : 0.1) ? Number.NaN : signed(row, 1),
  );
  const levels = Array.from({ length: 40 }, (_, level) => String(level));
  return {
    labels,
    columns: [
      { name: "x", kind: "number", values: x },
      { name: "y", kind: "number", values: Float64Array.from(rows, (row) => signed(row, 2)) },
      { name: "z", kind: "number", values: Float64Array.from(rows, (row) => signed(row, 3)) },
      { name: "level", kind: "category", codes: Int32Array.from(rows, levelOf), levels },
    ],
  };
}

const range = (from: number, to: number): Uint32Array =>
  Uint32Array.from({ length: to - from }, (_, index) => from + index);

describe("gradient boosting and LightGBM", () => {
  it.each(["defaults", "cautious"] as const)("are alike with %s settings", async (name) => {
    const { columns, labels } = table();
    const ground = { columns, labels, train: range(0, 3600), heldBack: range(3600, 4800) };
    const { model } = await trained(ground, SETTINGS[name]);
    const own = auc(boostedScores(model, columns).slice(4800), labels.slice(4800));
    expect(Math.abs(own - REFERENCE[name])).toBeLessThan(0.003);
  });
});
