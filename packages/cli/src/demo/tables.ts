import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { OWN_LABELS, SYNTHETIC, writePopulation } from "@moongate/data";
import { MoongateError } from "@moongate/errors";
import { copyFirstRows } from "./first-rows.ts";

/** Where the synthetic population lives between runs. */
const SYNTHETIC_FOLDER = join("data", "synthetic");

export interface TableOptions {
  readonly media?: string;
  readonly commerce?: string;
  readonly id?: string;
  readonly label?: readonly string[];
  readonly rows?: number;
}

/** One party's file, and the columns in it that are no features. */
export interface PartyTable {
  readonly file: string;
  readonly exclude: readonly string[];
}

/** What the demo trains on. */
export interface DemoTables {
  readonly media: PartyTable;
  readonly commerce: PartyTable;
  readonly id: string;
  readonly labels: readonly string[];
  /** The folder with the truth behind synthetic labels. */
  readonly truth?: string;
}

/**
 * The files asked for, or the synthetic population, written first where it is absent.
 * @param directory of the run: copies with fewer rows go to its `data/`.
 * @throws MoongateError USAGE for options that do not go together.
 */
export async function demoTables(options: TableOptions, directory: string): Promise<DemoTables> {
  const { media, commerce, id, label, rows } = options;
  if (media === undefined && commerce === undefined) {
    if (id !== undefined) throw usage("--id goes with --media and --commerce");
    return syntheticTables(directory, rows, label);
  }
  if (media === undefined || commerce === undefined) {
    throw usage("--media and --commerce go together");
  }
  if (id === undefined || label === undefined) {
    throw usage("files of your own need --id and --label");
  }
  const files = { media: resolve(media), commerce: resolve(commerce) };
  const table = (file: string): PartyTable => ({ file, exclude: [] });
  if (rows === undefined) {
    return { media: table(files.media), commerce: table(files.commerce), id, labels: label };
  }
  const copies = join(directory, "data");
  await mkdir(copies, { mode: 0o700 });
  const cut = async (role: "media" | "commerce"): Promise<PartyTable> => {
    const copy = join(copies, `${role}.csv`);
    await copyFirstRows(files[role], copy, id, rows);
    return table(copy);
  };
  return { media: await cut("media"), commerce: await cut("commerce"), id, labels: label };
}

async function syntheticTables(
  directory: string,
  users: number | undefined,
  chosen: readonly string[] | undefined,
): Promise<DemoTables> {
  const folder = users === undefined ? resolve(SYNTHETIC_FOLDER) : join(directory, "data");
  await writePopulation(folder, users === undefined ? {} : { users });
  const labels = chosen ?? SYNTHETIC.labels;
  const others = SYNTHETIC.labels.filter((label) => !labels.includes(label));
  return {
    media: { file: join(folder, "media.csv"), exclude: OWN_LABELS.media },
    commerce: { file: join(folder, "commerce.csv"), exclude: [...OWN_LABELS.commerce, ...others] },
    id: SYNTHETIC.id,
    labels,
    truth: folder,
  };
}

function usage(cause: string): MoongateError {
  return new MoongateError("USAGE", cause, { cure: "See the examples of `moongate demo --help`." });
}
