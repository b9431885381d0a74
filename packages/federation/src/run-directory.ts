import { chmod, readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { MoongateError } from "@moongate/errors";
import { makeFolder, writeWhole, writeWholeFolder } from "@moongate/files";

/** A party's folder for one run. */
export interface RunDirectory {
  readonly path: string;
  file(name: string): string;
  /** Writes a whole file for its owner alone: beside, synced, then renamed into place. */
  write(name: string, text: string): Promise<void>;
  writeJson(name: string, value: unknown): Promise<void>;
  /** Writes a folder (0700) of such files: beside, then renamed into place as a whole. */
  writeFolder(name: string, files: Readonly<Record<string, string | Uint8Array>>): Promise<void>;
}

/**
 * Makes the folder (0700). `{time}` in the path becomes the UTC time.
 * @throws MoongateError FILE_EXISTS when there is something in it already.
 */
export async function openRunDirectory(path: string, now = new Date()): Promise<RunDirectory> {
  const time = now.toISOString().replaceAll(/[-:]|\.\d+/g, "");
  const directory = resolve(path.replaceAll("{time}", time));
  await makeFolder(directory);
  if ((await readdir(directory)).length > 0) {
    throw new MoongateError("FILE_EXISTS", `the run directory ${directory} is not empty`, {
      cure: "Name a new directory; {time} in its name becomes the time.",
    });
  }
  await chmod(directory, 0o700);
  const file = (name: string): string => join(directory, name);
  return {
    path: directory,
    file,
    write: (name, text) => writeWhole(file(name), text),
    writeFolder: (name, files) => writeWholeFolder(file(name), files),
    writeJson: (name, value) => writeWhole(file(name), `${JSON.stringify(value, null, 2)}\n`),
  };
}
