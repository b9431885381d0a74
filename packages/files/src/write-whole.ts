import { randomBytes } from "node:crypto";
import { type FileHandle, link, mkdir, open, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { MoongateError, systemFault } from "@moongate/errors";

/** What a file is made of: as a whole, or piece by piece. */
export type FileContent = string | Uint8Array | Pieces;
type Pieces = Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>;

export interface WriteOptions {
  /** Rights of the file, whatever the umask is; 0600 unless said otherwise. */
  readonly mode?: number | undefined;
  /** False refuses to write over a file that is there. */
  readonly replace?: boolean | undefined;
}

/**
 * Writes a file so that a reader sees the old one or the whole new one, on the disk before this
 * returns: beside, under a name that nobody can know (nothing that lies there is written through),
 * synced, then moved into place. A draft that was not finished is taken away.
 *
 * @throws MoongateError FILE_EXISTS with `replace: false`; DISK_FULL, DISK_FAILED, PATH_DENIED,
 *   PATH_UNUSABLE, FILES_EXHAUSTED naming the file; what `content` throws, as it is.
 */
export async function writeWhole(
  path: string,
  content: FileContent,
  { mode = 0o600, replace = true }: WriteOptions = {},
): Promise<void> {
  const draft = draftOf(path);
  try {
    await writeNew(draft, content, mode);
    await (replace ? rename(draft, path) : linkNew(draft, path));
    await syncFolder(dirname(path));
  } catch (thrown) {
    throw systemFault(thrown, path);
  } finally {
    await rm(draft, { force: true }).catch(() => undefined);
  }
}

/**
 * Writes a folder (0700) of files (0600) that appears with all of them in it.
 * @param files contents by name.
 * @throws MoongateError as `writeWhole` does; PATH_UNUSABLE for a folder that is there and not empty.
 */
export async function writeWholeFolder(
  path: string,
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<void> {
  const draft = draftOf(path);
  try {
    await mkdir(draft, { mode: 0o700 });
    for (const [name, content] of Object.entries(files)) {
      await writeNew(join(draft, name), content, 0o600);
    }
    await rename(draft, path);
    await syncFolder(dirname(path));
  } catch (thrown) {
    throw systemFault(thrown, path);
  } finally {
    await rm(draft, { force: true, recursive: true }).catch(() => undefined);
  }
}

/** Copies a file as `writeWhole` writes one. @throws MoongateError as `writeWhole` does. */
export async function copyWhole(from: string, to: string, options?: WriteOptions): Promise<void> {
  const source = await open(from).catch((thrown: unknown) => {
    throw systemFault(thrown, from);
  });
  try {
    const pieces: AsyncIterable<Uint8Array> = source.createReadStream({ autoClose: false });
    await writeWhole(to, pieces, options);
  } finally {
    await source.close();
  }
}

/** A hidden name beside the file, in the same folder: a rename does not cross disks. */
function draftOf(path: string): string {
  return join(dirname(path), `.${basename(path).slice(0, 100)}.${randomBytes(6).toString("hex")}`);
}

/** A folder that was just made has no umask's rights on a file that is made in it, either. */
async function writeNew(path: string, content: FileContent, mode: number): Promise<void> {
  const handle = await open(path, "wx", mode);
  try {
    await handle.chmod(mode);
    await writeTo(handle, content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Puts the new name on the disk as well; Windows does so by itself, and opens no folder. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === "win32") return;
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function writeTo(handle: FileHandle, content: FileContent): Promise<void> {
  if (typeof content === "string" || content instanceof Uint8Array) {
    await handle.writeFile(content);
    return;
  }
  for await (const piece of content) await handle.writeFile(piece);
}

/** Gives the draft its name; link(2), unlike a rename, never replaces a file. */
async function linkNew(draft: string, path: string): Promise<void> {
  await link(draft, path).catch((thrown: unknown) => {
    const taken = thrown instanceof Error && "code" in thrown && thrown.code === "EEXIST";
    throw taken ? new MoongateError("FILE_EXISTS", `${path} exists already`) : thrown;
  });
}
