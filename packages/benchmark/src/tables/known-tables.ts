import { access } from "node:fs/promises";
import { join } from "node:path";
import { CONVERSION_RATES } from "@moongate/data";
import type { GridTable } from "../grid/grids.ts";
import { filesTable, loadTable, type TableSpec } from "./table.ts";

/** Real tables that grids know, by folder name below a folder of data. */
const REAL = {
  "online-shoppers": { id: "session_id", labels: ["Revenue"] },
  "breast-cancer": { id: "id", labels: ["y"] },
} as const;
export type RealTable = keyof typeof REAL;

/** The conversion that the synthetic table's grid is about: the most frequent one. */
const LABEL = "content_visit";

/** @param folder where its files are made. */
export function syntheticTable(users: number, folder: string): GridTable {
  const spec = { kind: "synthetic", name: "synthetic", users, label: LABEL, folder } as const;
  return { spec, labels: [LABEL], prior: CONVERSION_RATES[LABEL] };
}

/**
 * A real table below that folder of data, or nothing where it is not there.
 * @param users about so many of commerce's.
 */
export async function realTable(
  data: string,
  name: RealTable,
  users?: number,
): Promise<GridTable | undefined> {
  const file = (side: string): string => join(data, name, `${side}.csv`);
  const there = await access(file("media")).then(
    () => true,
    () => false,
  );
  if (!there) return undefined;
  const { id, labels } = REAL[name];
  return ownTable({
    ...{ name, id, labels: [...labels], media: file("media"), commerce: file("commerce") },
    ...(users === undefined ? {} : { users }),
  });
}

/**
 * Tables of one's own. The prior of defences of labels is the share of positives to two digits,
 * as commerce would have to make it public.
 * @throws MoongateError what is wrong with the files.
 */
export async function ownTable(files: Parameters<typeof filesTable>[0]): Promise<GridTable> {
  const spec: TableSpec = await filesTable(files);
  const { commerce, labels } = await loadTable(spec);
  const shares = labels.map((label) => {
    const values = commerce.labels?.[label] ?? new Uint8Array(1);
    return values.reduce<number>((sum, value) => sum + value, 0) / values.length;
  });
  const share = shares.reduce((sum, each) => sum + each, 0) / shares.length;
  return { spec, labels, prior: Math.min(0.99, Math.max(0.01, Number(share.toFixed(2)))) };
}
