import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import {
  type Conversion,
  CONVERSIONS,
  OWN_LABELS,
  readTruth,
  SYNTHETIC_ID,
  type TrueProbabilities,
  writePopulation,
} from "@moongate/data";
import { type PartyData, partyConfigShape } from "@moongate/federation";
import { loadPartyData } from "@moongate/party-data";
import { z } from "zod";
import { someUsers } from "./some-users.ts";

/** A pair of tables that units are trained on; files by their content, wherever they lie. */
export const tableSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("synthetic"),
    name: z.string().min(1),
    /** People alive; each side knows about four fifths of them. */
    users: z.number().int().min(1),
    label: z.enum(CONVERSIONS),
    /** The folder in which the files are made. */
    folder: z.string(),
  }),
  z.strictObject({
    kind: z.literal("files"),
    name: z.string().min(1),
    media: z.string(),
    commerce: z.string(),
    id: z.string(),
    labels: z.array(z.string()).min(1),
    /** About so many of commerce's users, chosen by their ids, so that both sides keep the same. */
    users: z.number().int().min(1).optional(),
    /** SHA-256 of both files. */
    digest: z.string(),
  }),
]);
export type TableSpec = z.infer<typeof tableSchema>;

/** Both sides of a table, as their own processes read them. */
export interface LabTable {
  readonly media: PartyData;
  readonly commerce: PartyData;
  readonly labels: readonly string[];
  /** The true probabilities of synthetic labels. */
  readonly truth?: { readonly values: TrueProbabilities; readonly label: Conversion };
}

/** The synthetic people of every grid. */
const POPULATION_SEED = "moongate";

/** What of a table decides results: not where its files lie. */
export function identityOf(table: TableSpec): unknown {
  if (table.kind === "synthetic") return { ...table, folder: undefined };
  return { ...table, media: undefined, commerce: undefined };
}

/** @throws MoongateError FILE_MISSING. */
export async function filesTable(
  spec: Omit<Extract<TableSpec, { kind: "files" }>, "kind" | "digest">,
): Promise<TableSpec> {
  const hash = createHash("sha256");
  for (const file of [spec.media, spec.commerce]) hash.update(await readFile(file));
  return { kind: "files", ...spec, digest: hash.digest("hex") };
}

const loaded = new Map<string, Promise<LabTable>>();

/** The table's rows, read once a process. */
export function loadTable(spec: TableSpec): Promise<LabTable> {
  const key = JSON.stringify(spec);
  const found = loaded.get(key) ?? read(spec);
  loaded.set(key, found);
  return found;
}

async function read(spec: TableSpec): Promise<LabTable> {
  if (spec.kind === "files") {
    const { id, users, labels } = spec;
    const side = (file: string) => partyConfigShape.data.parse({ file, id });
    const media = await loadPartyData(side(spec.media));
    const commerce = await loadPartyData(side(spec.commerce), { labels });
    const share = Math.min(1, (users ?? Infinity) / commerce.ids.length);
    return { media: someUsers(media, share), commerce: someUsers(commerce, share), labels };
  }
  const { label, users } = spec;
  const files = await writePopulation(join(spec.folder, `synthetic-${users}`), {
    seed: POPULATION_SEED,
    users,
  });
  // A conversion that is not predicted is no feature either; own labels are for local models.
  const side = (role: "media" | "commerce") =>
    partyConfigShape.data.parse({
      file: files[role],
      id: SYNTHETIC_ID,
      exclude: role === "media" ? [OWN_LABELS.media] : [OWN_LABELS.commerce, ...others(label)],
    });
  return {
    media: await loadPartyData(side("media")),
    commerce: await loadPartyData(side("commerce"), { labels: [label] }),
    labels: [label],
    truth: { values: await readTruth(files.truth), label },
  };
}

const others = (label: Conversion): Conversion[] => CONVERSIONS.filter((name) => name !== label);
