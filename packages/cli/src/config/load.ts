import { checked } from "@moongate/messages";
import type { z } from "zod";
import { resolveFiles } from "./paths.ts";
import { readToml } from "./toml-file.ts";

/**
 * A party's configuration file, for whichever task it names; training if it names none.
 * @throws MoongateError as loadConfig
 */
export async function loadTask<Train extends z.ZodType, Predict extends z.ZodType>(
  file: string,
  schemas: { readonly train: Train; readonly predict: Predict },
): Promise<z.output<Train> | z.output<Predict>> {
  const config = resolveFiles(await readToml(file), file);
  const schema = config["task"] === "predict" ? schemas.predict : schemas.train;
  return checked(schema, config, "CONFIG_INVALID", file);
}

/**
 * A process's configuration file: read, relative file names resolved against its own folder,
 * checked against the schema of that process.
 * @throws MoongateError FILE_MISSING; CONFIG_INVALID naming file and key.
 */
export async function loadConfig<Schema extends z.ZodType>(
  file: string,
  schema: Schema,
): Promise<z.output<Schema>> {
  const config = resolveFiles(await readToml(file), file);
  return checked(schema, config, "CONFIG_INVALID", file);
}
