import { randomBytes } from "node:crypto";
import { chmod, mkdir, open, readdir, rename } from "node:fs/promises";
import { join, resolve } from "node:path";
import { MoongateError } from "@moongate/errors";

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
  await mkdir(directory, { recursive: true, mode: 0o700 });
  if ((await readdir(directory)).length > 0) {
    throw new MoongateError("FILE_EXISTS", `the run directory ${directory} is not empty`, {
      cure: "Name a new directory; {time} in its name becomes the time.",
    });
  }
  await chmod(directory, 0o700);
  const draftOf = (name: string): string =>
    join(directory, `.${name}.${randomBytes(4).toString("hex")}`);
  const write = async (name: string, text: string): Promise<void> => {
    const draft = draftOf(name);
    await writeNew(draft, text);
    await rename(draft, join(directory, name));
  };
  return {
    path: directory,
    file: (name) => join(directory, name),
    write,
    writeFolder: async (name, files) => {
      const draft = draftOf(name);
      await mkdir(draft, { mode: 0o700 });
      await chmod(draft, 0o700);
      for (const [file, content] of Object.entries(files))
        await writeNew(join(draft, file), content);
      await rename(draft, join(directory, name));
    },
    writeJson: (name, value) => write(name, `${JSON.stringify(value, null, 2)}\n`),
  };
}

async function writeNew(path: string, content: string | Uint8Array): Promise<void> {
  const handle = await open(path, "wx", 0o600);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
