import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { stringify } from "smol-toml";
import type { RoleName } from "../processes/child.ts";

/** Writes one process's configuration as ROLE.toml, for its owner alone. */
export async function writeConfig(
  directory: string,
  role: RoleName,
  config: object,
): Promise<string> {
  const file = join(directory, `${role}.toml`);
  await writeFile(file, `${stringify(config)}\n`, { mode: 0o600 });
  return file;
}
