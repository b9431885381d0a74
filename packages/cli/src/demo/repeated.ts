import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { MoongateError } from "@moongate/errors";
import { NOISE_KEY_FILE, readNoiseKey } from "@moongate/federation";
import { loadTrainingRun, type TrainingRun } from "../predict/training-run.ts";
import type { DemoOptions } from "./demo.ts";
import type { DemoTables } from "./tables.ts";

/** What may stand beside --repeat: nothing that the run was made of. */
const CAMPAIGN = ["budget", "clickCost", "conversionValue"];
const BESIDE = ["repeat", "out", "json", "details", "open", "record", "engine", ...CAMPAIGN];

/** Options as given on the command line, before any default. */
export type GivenOptions = Partial<DemoOptions>;

/**
 * The options of a run that is repeated: its tables and its plan, from its own configuration files.
 * @throws MoongateError USAGE for an option that would make it another run, or for a run of another
 *   protocol; FILE_MISSING, CONFIG_INVALID, KEYS_INVALID for a folder that is no finished split run.
 */
export async function repeatedOptions(run: string, given: GivenOptions): Promise<DemoOptions> {
  const other = Object.keys(given).find((name) => !BESIDE.includes(name));
  if (other !== undefined) {
    const option = other.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    throw new MoongateError(
      "USAGE",
      `--repeat takes all of ${run}, and --${option} is part of it`,
      {
        cure: `Leave --${option} out to repeat the run, or --repeat to make a new one.`,
      },
    );
  }
  const training = await loadTrainingRun(run);
  const { plan, engine } = training.commerce;
  if (plan.protocol !== "split") {
    throw new MoongateError(
      "USAGE",
      `${run} is a ${plan.protocol} run, and --repeat is for split`,
      {
        cure: "Give the options of that run again: a masked run has no noise.key.",
      },
    );
  }
  for (const role of ["media", "commerce"]) {
    await readNoiseKey(join(training.directory, role, NOISE_KEY_FILE));
  }
  return { engine, ...given, seed: plan.seed, choices: plan, tables: tablesOf(training) };
}

/** The tables of the run; with the truth behind synthetic ones, where it lies beside them. */
function tablesOf({ media, commerce }: TrainingRun): DemoTables {
  const folder = dirname(commerce.data.file);
  const synthetic = existsSync(join(folder, "population.json"));
  return {
    media: media.data,
    commerce: commerce.data,
    labels: commerce.labels,
    ...(synthetic ? { truth: join(folder, "truth.csv") } : {}),
  };
}
