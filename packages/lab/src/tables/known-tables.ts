import { access } from "node:fs/promises";
import { join } from "node:path";
import { CONVERSION_RATES } from "@moongate/data";
import { MoongateError } from "@moongate/errors";
import type { GridTable } from "../grid/grids.ts";
import { filesTable, type TableSpec } from "./table.ts";

/**
 * Real tables that grids know, by folder name below a folder of data. The priors are what the UCI
 * Machine Learning Repository publishes of the data sets, to two digits, and never counted here:
 * "Online Shoppers Purchasing Intention" has 1,908 positives among 12,330 sessions, "Breast Cancer
 * Wisconsin (Diagnostic)" 357 benign (y = 1) among 569 cases.
 */
const REAL = {
  "online-shoppers": { id: "session_id", labels: ["Revenue"], prior: 0.15 },
  "breast-cancer": { id: "id", labels: ["y"], prior: 0.63 },
} as const;
export type RealTable = keyof typeof REAL;

/** The prior that says nothing, for a table whose share of positives nobody has published. */
export const UNKNOWN_PRIOR = 0.5;

/** The conversion that the synthetic table's grid is about: the most frequent one. */
const LABEL = "content_visit";

/** @param folder where its files are made. */
export function syntheticTable(users: number, folder: string): GridTable {
  const spec = { kind: "synthetic", name: "synthetic", users, label: LABEL, folder } as const;
  return { spec, labels: [LABEL], prior: CONVERSION_RATES[LABEL] };
}

/**
 * A real table in the first of these folders of data that has both its files, or nothing.
 * @param users about so many of commerce's.
 */
export async function realTable(
  folders: readonly string[],
  name: RealTable,
  users?: number,
): Promise<GridTable | undefined> {
  const data = await firstWith(folders, name);
  if (data === undefined) return undefined;
  const file = (side: string): string => join(data, name, `${side}.csv`);
  const { id, labels, prior } = REAL[name];
  return ownTable({
    ...{ name, id, prior, labels: [...labels], media: file("media"), commerce: file("commerce") },
    users,
  });
}

async function firstWith(folders: readonly string[], name: string): Promise<string | undefined> {
  for (const folder of folders) {
    const files = ["media", "commerce"].map((side) => access(join(folder, name, `${side}.csv`)));
    const there = await Promise.allSettled(files);
    if (there.every(({ status }) => status === "fulfilled")) return folder;
  }
  return undefined;
}

/** What a table of one's own takes. */
export type OwnFiles = Parameters<typeof filesTable>[0] & {
  /** Public share of positives; {@link UNKNOWN_PRIOR} by default. */
  readonly prior?: number | undefined;
};

/**
 * Tables of one's own. The prior of defences of labels is given, or says nothing: counted from the
 * very labels that it protects it would tell of them, and no ε would hold.
 * @throws MoongateError FILE_MISSING; USAGE for a prior that is no share.
 */
export async function ownTable({ prior = UNKNOWN_PRIOR, ...files }: OwnFiles): Promise<GridTable> {
  if (!(prior > 0 && prior < 1)) {
    throw new MoongateError("USAGE", `a prior of ${prior} is not between 0 and 1`, {
      cure: "Give the share of positives as is publicly known, 0.03 for example, or leave it out.",
    });
  }
  const spec: TableSpec = await filesTable(files);
  return { spec, labels: files.labels, prior };
}
