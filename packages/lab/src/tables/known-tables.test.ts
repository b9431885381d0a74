import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { gridOf, QUICK } from "../grid/grids.ts";
import { ownTable, realTable, syntheticTable, UNKNOWN_PRIOR } from "./known-tables.ts";

/** A pair of tables of 40 users, so many of them positive. */
async function files(positives: number, prior?: number) {
  const folder = await mkdtemp(join(tmpdir(), "moongate-prior-"));
  const rows = Array.from({ length: 40 }, (_, row) => `u${row},${row % 7}`);
  const [media, commerce] = [join(folder, "media.csv"), join(folder, "commerce.csv")];
  await writeFile(media, `id,a\n${rows.join("\n")}\n`);
  const labelled = rows.map((row, at) => `${row},${Number(at < positives)}`);
  await writeFile(commerce, `id,b,y\n${labelled.join("\n")}\n`);
  const table = await ownTable({
    ...{ name: "own", media, commerce, id: "id", labels: ["y"] },
    ...(prior === undefined ? {} : { prior }),
  }).finally(() => rm(folder, { recursive: true }));
  return table;
}

describe("the prior of defences of labels", () => {
  it("is the same whatever the labels are: it is not counted from them", async () => {
    for (const positives of [1, 8, 39]) {
      expect((await files(positives)).prior).toBe(UNKNOWN_PRIOR);
      expect((await files(positives, 0.03)).prior).toBe(0.03);
    }
  });

  it("reaches the plans of a grid as it is", async () => {
    const table = await files(8, 0.2);
    const priors = gridOf(QUICK, [table], ["1"]).flatMap(({ plan }) => {
      const { labels } = plan.defence;
      return labels !== undefined && "prior" in labels ? [labels.prior] : [];
    });
    expect(new Set(priors)).toEqual(new Set([0.2]));
    expect(priors.length).toBeGreaterThan(3);
  });

  it.each([0, 1, -0.1, NaN])("is refused where it is no share: %s", async (prior) => {
    await expect(files(8, prior)).rejects.toMatchObject({ code: "USAGE" });
  });

  it("of known tables is published, for made-up people by their maker", async () => {
    expect(syntheticTable(1000, "/nowhere").prior).toBe(syntheticTable(9000, "/elsewhere").prior);
    const folder = await mkdtemp(join(tmpdir(), "moongate-real-"));
    expect(await realTable([folder], "online-shoppers")).toBeUndefined();
    await rm(folder, { recursive: true });
  });

  it.each([
    ["online-shoppers", 1908 / 12_330],
    ["breast-cancer", 357 / 569],
  ] as const)("of %s does not depend on the file", async (name, published) => {
    const folder = await mkdtemp(join(tmpdir(), "moongate-real-"));
    await mkdir(join(folder, name));
    for (const side of ["media", "commerce"]) {
      await writeFile(join(folder, name, `${side}.csv`), "nothing at all\n");
    }
    // Found by itself in the second folder: the first has half of it.
    const half = await mkdtemp(join(tmpdir(), "moongate-half-"));
    await mkdir(join(half, name));
    await writeFile(join(half, name, "media.csv"), "nothing at all\n");
    const table = await realTable(["/nowhere", half, folder], name);
    await rm(folder, { recursive: true });
    await rm(half, { recursive: true });
    expect(table?.spec).toMatchObject({ media: join(folder, name, "media.csv") });
    expect(Math.abs((table?.prior ?? 0) - published)).toBeLessThan(0.005);
  });
});
