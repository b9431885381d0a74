import { chmod, mkdir } from "node:fs/promises";
import { systemFault } from "@moongate/errors";

/**
 * Makes a folder, with those above it that are absent, for its owner alone (0700 whatever the umask
 * is). A folder that is there keeps its rights.
 * @throws MoongateError PATH_DENIED, PATH_UNUSABLE, DISK_FULL, DISK_FAILED.
 */
export async function makeFolder(path: string): Promise<void> {
  try {
    const made = await mkdir(path, { recursive: true, mode: 0o700 });
    if (made !== undefined) await chmod(path, 0o700);
  } catch (thrown) {
    throw systemFault(thrown, path);
  }
}
