import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import {
  CONVERSIONS,
  OWN_LABELS,
  type PopulationFiles,
  SYNTHETIC_ID,
  WIDE_TOPICS,
  writePopulation,
} from "@moongate/data";
import { MoongateError } from "@moongate/errors";
import type { Side } from "@moongate/messages";
import { type ReadingOptions, readingOf } from "../reading-options.ts";
import { type DataConfig, type LocalInput, partyConfigShape } from "@moongate/federation";
import { z } from "zod";

/** The folder of the synthetic population between runs; one of N users has "-N" added. */
const SYNTHETIC_FOLDER = join("data", "synthetic");

/** The population's own seed: `--seed` reorders the same people, so that runs compare. */
const POPULATION = { seed: "moongate", topics: WIDE_TOPICS } as const;

export interface TableOptions extends ReadingOptions {
  readonly media?: string;
  readonly commerce?: string;
  readonly id?: string;
  readonly label?: readonly string[];
  readonly rows?: number;
  readonly numbers?: DataConfig["numbers"];
  readonly local?: LocalInput;
  readonly idRule?: string;
  /** The label's value that counts as positive. */
  readonly positive?: string;
  readonly missingLabel?: "refuse" | "drop";
  /** The tables of a run that is repeated, in place of all this. */
  readonly tables?: DemoTables;
}

/** What the demo trains on. */
export interface DemoTables {
  readonly media: DataConfig;
  readonly commerce: DataConfig;
  readonly labels: readonly string[];
  /** The file with the truth behind synthetic labels. */
  readonly truth?: string;
}

/**
 * The files asked for, or the synthetic population, written first where it is absent.
 * @throws MoongateError USAGE for options that do not go together.
 */
export async function demoTables(options: TableOptions): Promise<DemoTables> {
  const { media, commerce, id, label, rows, numbers, local, tables } = options;
  if (tables !== undefined) return tables;
  if (media === undefined && commerce === undefined) {
    if (id !== undefined) throw usage("--id goes with --media and --commerce");
    return syntheticTables(rows, label, { numbers, local });
  }
  if (media === undefined || commerce === undefined) {
    throw usage("--media and --commerce go together");
  }
  if (id === undefined || label === undefined) {
    throw usage("files of your own need --id and --label");
  }
  const table = (side: Side, file: string, more: Partial<DataConfig>): DataConfig =>
    dataConfig({
      ...{ file: resolve(file), id, rows, numbers, local, ...more },
      idRule: options.idRule,
      ...readingOf(options, side),
    });
  const { positive, missingLabel } = options;
  const ofLabels = { positive, missingLabel };
  return {
    media: table("media", media, {}),
    commerce: table("commerce", commerce, ofLabels),
    labels: label,
  };
}

async function syntheticTables(
  users: number | undefined,
  chosen: readonly string[] | undefined,
  choices: Pick<Choices, "numbers" | "local">,
): Promise<DemoTables> {
  const files =
    users === undefined
      ? await standingPopulation(resolve(SYNTHETIC_FOLDER))
      : await writePopulation(resolve(`${SYNTHETIC_FOLDER}-${users}`), {
          ...POPULATION,
          users,
        });
  const labels = chosen ?? CONVERSIONS;
  // a conversion that is not predicted is no feature either: it is known only when all is over
  const others = CONVERSIONS.filter((name) => !labels.includes(name));
  const table = (role: "media" | "commerce", exclude: readonly string[]): DataConfig => {
    const objective = [OWN_LABELS[role]];
    return dataConfig({ file: files[role], id: SYNTHETIC_ID, exclude, objective, ...choices });
  };
  return {
    media: table("media", []),
    commerce: table("commerce", others),
    labels,
    truth: files.truth,
  };
}

/** The population in a folder, whatever its seed and size; the default one where there is none. */
async function standingPopulation(folder: string): Promise<PopulationFiles> {
  const text = await readFile(join(folder, "population.json"), "utf8").catch(() => "{}");
  const found = z.object({ options: optionsSchema }).safeParse(parsed(text));
  return writePopulation(folder, found.data?.options ?? POPULATION);
}

const optionsSchema = z.object({
  seed: z.string(),
  users: z.number(),
  mediaShare: z.number(),
  commerceShare: z.number(),
  topics: z.number(),
});

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

interface Choices
  extends Partial<Omit<DataConfig, "exclude" | "objective" | "rows" | "numbers" | "local">> {
  readonly file: string;
  readonly id: string;
  readonly exclude?: readonly string[];
  readonly objective?: readonly string[];
  readonly rows?: number | undefined;
  readonly numbers?: DataConfig["numbers"] | undefined;
  readonly local?: LocalInput | undefined;
}

/** The data part of a party's configuration, defaults filled in. */
function dataConfig(choices: Choices): DataConfig {
  return partyConfigShape.data.parse(choices);
}

function usage(cause: string): MoongateError {
  return new MoongateError("USAGE", cause, { cure: "See the examples of `moongate demo --help`." });
}
