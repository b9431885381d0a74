import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { createGunzip } from "node:zlib";
import { MoongateError } from "@moongate/errors";
import { type FileKind, fileKind, HEAD_BYTES } from "./file-kind.ts";

const CHUNK_BYTES = 1 << 18;

/**
 * The kind of the file at `path`.
 *
 * @throws FILE_MISSING, TABLE_NOT_TEXT.
 */
export async function kindOfFile(path: string): Promise<FileKind> {
  try {
    const handle = await open(path);
    try {
      const head = new Uint8Array(HEAD_BYTES);
      const { bytesRead } = await handle.read(head, 0, HEAD_BYTES);
      return fileKind(path, head.subarray(0, bytesRead));
    } finally {
      await handle.close();
    }
  } catch (thrown) {
    throw fileProblem(path, thrown);
  }
}

/** The bytes of a file, in pieces; of a gzip file, what is packed in it. @throws FILE_MISSING, TABLE_DAMAGED */
export async function* fileBytes(path: string, kind: FileKind): AsyncGenerator<Buffer, undefined> {
  const stream = createReadStream(path, { highWaterMark: CHUNK_BYTES });
  try {
    if (kind !== "gzip") {
      yield* stream as AsyncIterable<Buffer>;
      return undefined;
    }
    const unpacked = createGunzip({ chunkSize: CHUNK_BYTES });
    stream.on("error", (error) => unpacked.destroy(error));
    yield* stream.pipe(unpacked) as AsyncIterable<Buffer>;
  } catch (thrown) {
    throw fileProblem(path, thrown);
  } finally {
    stream.destroy();
  }
  return undefined;
}

/** An error of the file system or of unpacking as a refusal; any other as it is. */
export function fileProblem(path: string, thrown: unknown): unknown {
  const code = thrown instanceof Error && "code" in thrown ? thrown.code : undefined;
  if (typeof code !== "string") return thrown;
  if (code.startsWith("Z_")) {
    const cause = `${path} is a gzip file that is damaged or cut short`;
    return new MoongateError("TABLE_DAMAGED", cause, { cause: thrown });
  }
  const reason = FILE_PROBLEMS[code];
  if (reason === undefined) return thrown;
  return new MoongateError("FILE_MISSING", `${path} ${reason}`, { cause: thrown });
}

const FILE_PROBLEMS: Readonly<Record<string, string>> = {
  ENOENT: "does not exist",
  ENOTDIR: "does not exist",
  EISDIR: "is a folder, not a file",
  EACCES: "may not be read",
  EPERM: "may not be read",
};
