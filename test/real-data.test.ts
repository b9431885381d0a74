import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { type ResultDocument, resultSchema } from "@moongate/messages";
import { describe, expect, it } from "vitest";
import { freshFolder } from "./support/folder.ts";
import { moongate, ROOT } from "./support/moongate.ts";

const DATA = resolve(ROOT, "../shared/data");
const has = (name: string): boolean => existsSync(join(DATA, name, "media.csv"));
const because = (name: string): string =>
  has(name) ? "" : ` (skipped: ${DATA}/${name} is absent)`;

describe("the demo on real tables", { timeout: 180_000 }, () => {
  const folder = freshFolder();

  async function demo(name: string, id: string, label: string): Promise<ResultDocument> {
    const table = (role: string): string[] => [`--${role}`, join(DATA, name, `${role}.csv`)];
    const run = ["--out", join(folder.path, "run"), "--json"];
    const ended = await moongate(
      ["demo", ...table("media"), ...table("commerce"), "--id", id, "--label", label, ...run],
      folder.path,
    );
    expect(ended).toMatchObject({ status: 0, stderr: "" });
    return resultSchema.parse(JSON.parse(ended.stdout));
  }

  it.skipIf(!has("online-shoppers"))(`online-shoppers${because("online-shoppers")}`, async () => {
    const { rows, auc } = await demo("online-shoppers", "session_id", "Revenue");
    expect(rows).toMatchObject({ media: 11_367, commerce: 11_726, aligned: 10_812 });
    const { federated = 0, pooled, commerceOnly = 1 } = auc["Revenue"] ?? {};
    expect(Math.abs(federated - (pooled ?? 1))).toBeLessThanOrEqual(0.002);
    expect(federated).toBeGreaterThanOrEqual(0.91);
    expect(federated - commerceOnly).toBeGreaterThan(0.01);
  });

  it.skipIf(!has("breast-cancer"))(`breast-cancer${because("breast-cancer")}`, async () => {
    const { rows, auc } = await demo("breast-cancer", "id", "y");
    expect(rows.aligned).toBe(569);
    const { federated = 0, pooled } = auc["y"] ?? {};
    expect(Math.abs(federated - (pooled ?? 1))).toBeLessThanOrEqual(0.002);
    expect(federated).toBeGreaterThanOrEqual(0.99);
  });
});
