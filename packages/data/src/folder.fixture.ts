import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll } from "vitest";

/** A folder for the files of one test module; gone afterwards. */
export async function temporaryFolder(): Promise<{
  readonly path: string;
  /** Writes a file into the folder and returns its path. */
  write(name: string, content: string | Uint8Array): Promise<string>;
}> {
  const folder = await mkdtemp(path.join(tmpdir(), "moongate-data-"));
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });
  return {
    path: folder,
    write: async (name, content) => {
      const file = path.join(folder, name);
      await writeFile(file, content);
      return file;
    },
  };
}
