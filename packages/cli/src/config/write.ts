import { join } from "node:path";
import { writeWhole } from "@moongate/files";
import { stringify } from "smol-toml";
import type { RoleName } from "../processes/child.ts";

/** Writes one process's configuration as ROLE.toml, for its owner alone. */
export async function writeConfig(
  directory: string,
  role: RoleName,
  config: object,
): Promise<string> {
  const file = join(directory, `${role}.toml`);
  await writeWhole(file, `${stringify(config)}\n`);
  return file;
}
