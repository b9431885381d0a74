import { join, resolve } from "node:path";
import { type CommerceConfig, commerceConfigSchema } from "@moongate/commerce-party";
import { type CoordinatorConfig, coordinatorConfigSchema } from "@moongate/coordinator";
import { MoongateError } from "@moongate/errors";
import { type MediaConfig, mediaConfigSchema } from "@moongate/media-party";
import { loadConfig } from "../config/load.ts";

/** The configurations of a training on this machine, file names absolute. */
export interface TrainingRun {
  readonly directory: string;
  readonly coordinator: CoordinatorConfig;
  readonly media: MediaConfig;
  readonly commerce: CommerceConfig;
}

/**
 * A run directory of `moongate demo`, as it left it.
 * @throws MoongateError FILE_MISSING when it is none; CONFIG_INVALID.
 */
export async function loadTrainingRun(run: string): Promise<TrainingRun> {
  const directory = resolve(run);
  const file = (role: string): string => join(directory, `${role}.toml`);
  try {
    const [coordinator, media, commerce] = await Promise.all([
      loadConfig(file("coordinator"), coordinatorConfigSchema),
      loadConfig(file("media"), mediaConfigSchema),
      loadConfig(file("commerce"), commerceConfigSchema),
    ]);
    return { directory, coordinator, media, commerce };
  } catch (cause) {
    if (!(cause instanceof MoongateError) || cause.code !== "FILE_MISSING") throw cause;
    throw new MoongateError("FILE_MISSING", `${directory} is not the run directory of a demo`, {
      cure: "Name the folder that `moongate demo` said everything is in.",
      cause,
    });
  }
}
