import { readFile, rm, stat } from "node:fs/promises";
import path from "node:path";
import { makeFolder, writeWhole } from "@moongate/files";
import { z } from "zod";
import { writeTable } from "../csv/write-table.ts";
import { completeOptions, generatePopulation, type PopulationOptions } from "./population.ts";
import { GENERATOR_VERSION } from "./random.ts";
import { truthTable } from "./truth.ts";

/** The files of a written population. */
export interface PopulationFiles {
  readonly media: string;
  readonly commerce: string;
  /** True probabilities: for the report's best possible AUC only. */
  readonly truth: string;
  /** False when the folder already held this very population. */
  readonly written: boolean;
}

const NAMES = { media: "media.csv", commerce: "commerce.csv", truth: "truth.csv" } as const;
const MANIFEST = "population.json";

const fileSize = z.strictObject({ bytes: z.number() });
const manifestSchema = z.strictObject({
  format: z.literal("moongate-population"),
  generator: z.literal(GENERATOR_VERSION),
  options: z.strictObject({
    seed: z.string(),
    users: z.number(),
    mediaShare: z.number(),
    commerceShare: z.number(),
    topics: z.number(),
  }),
  files: z.strictObject({ media: fileSize, commerce: fileSize, truth: fileSize }),
});
type Manifest = z.infer<typeof manifestSchema>;

/**
 * Writes `media.csv`, `commerce.csv`, `truth.csv` and `population.json` into `directory` (made if
 * absent). A second call with the same options finds the manifest and does nothing, so a demo can
 * always call it. Every file appears whole or not at all, the manifest last: an interrupted call is
 * made good by the next.
 *
 * @throws USAGE (options out of range)
 */
export async function writePopulation(
  directory: string,
  options: PopulationOptions,
): Promise<PopulationFiles> {
  const complete = completeOptions(options);
  const paths = {
    media: path.join(directory, NAMES.media),
    commerce: path.join(directory, NAMES.commerce),
    truth: path.join(directory, NAMES.truth),
  };
  const sizes = async (): Promise<Manifest["files"]> => ({
    media: { bytes: (await stat(paths.media)).size },
    commerce: { bytes: (await stat(paths.commerce)).size },
    truth: { bytes: (await stat(paths.truth)).size },
  });
  const manifestFor = (files: Manifest["files"]): Manifest => {
    const { seed, users, mediaShare, commerceShare, topics } = complete;
    const options = { seed, users, mediaShare, commerceShare, topics };
    return { format: "moongate-population", generator: GENERATOR_VERSION, options, files };
  };
  const manifestPath = path.join(directory, MANIFEST);
  const found = await readManifest(manifestPath);
  if (found !== undefined) {
    const expected = await sizes().then(manifestFor, () => undefined); // undefined: a file is gone
    if (JSON.stringify(found) === JSON.stringify(expected)) return { ...paths, written: false };
  }

  const population = generatePopulation(complete);
  await makeFolder(directory);
  await rm(manifestPath, { force: true });
  await writeTable(paths.media, population.media);
  await writeTable(paths.commerce, population.commerce);
  await writeTable(paths.truth, truthTable(population.truth));
  const manifest = `${JSON.stringify(manifestFor(await sizes()), null, 2)}\n`;
  await writeWhole(manifestPath, manifest, { mode: 0o644 });
  return { ...paths, written: true };
}

/** The manifest, or undefined if it is absent, unreadable or of another version. */
async function readManifest(file: string): Promise<Manifest | undefined> {
  try {
    return manifestSchema.safeParse(JSON.parse(await readFile(file, "utf8"))).data;
  } catch {
    return undefined;
  }
}
