import type { ErrorCode } from "./catalog.ts";
import { MoongateError } from "./error.ts";

/** What the machine refused, by the operating system's own names (errno(3)). */
const FAULTS: Readonly<Record<string, readonly [ErrorCode, string]>> = {
  ENOSPC: ["DISK_FULL", "has no room left on its disk"],
  EDQUOT: ["DISK_FULL", "would go over this user's share of the disk"],
  EFBIG: ["DISK_FULL", "would be larger than a file may be here"],
  EIO: ["DISK_FAILED", "cannot be read or written: the disk reports an error"],
  EACCES: ["PATH_DENIED", "may not be used by this user"],
  EPERM: ["PATH_DENIED", "may not be used by this user"],
  EROFS: ["PATH_DENIED", "is on a disk that is for reading alone"],
  ENOENT: ["PATH_UNUSABLE", "is not there"],
  ENOTDIR: ["PATH_UNUSABLE", "has a file where a folder is needed"],
  EISDIR: ["PATH_UNUSABLE", "is a folder"],
  EEXIST: ["PATH_UNUSABLE", "is there already"],
  ENOTEMPTY: ["PATH_UNUSABLE", "is there already"],
  ENAMETOOLONG: ["PATH_UNUSABLE", "has a longer name than this disk takes"],
  ELOOP: ["PATH_UNUSABLE", "is a link that leads back to itself"],
  ERR_INVALID_ARG_VALUE: ["PATH_UNUSABLE", "is no name of a file"],
  EMFILE: ["FILES_EXHAUSTED", "cannot be opened: this process has as many files open as it may"],
  ENFILE: ["FILES_EXHAUSTED", "cannot be opened: this machine has as many files open as it can"],
};

/** A path may be anything somebody typed: it is shown short and without control characters. */
function shown(path: string): string {
  const plain = path.replaceAll(/\p{Cc}/gu, "?");
  return plain.length <= 200 ? plain : `${plain.slice(0, 120)}…${plain.slice(-60)}`;
}

/**
 * A fault of files, folders or the disk as a refusal that names the path.
 * @param path what was used; without it, the path that the operating system names.
 * @returns what was thrown, as it is, where it is no such fault.
 */
export function systemFault(thrown: unknown, path?: string): unknown {
  if (!(thrown instanceof Error) || thrown instanceof MoongateError || !("code" in thrown)) {
    return thrown;
  }
  const fault = typeof thrown.code === "string" ? FAULTS[thrown.code] : undefined;
  if (fault === undefined) return thrown;
  const named = "path" in thrown && typeof thrown.path === "string" ? thrown.path : undefined;
  const [code, what] = fault;
  const which = path ?? named ?? "a file";
  return new MoongateError(code, `${shown(which)} ${what}`, { cause: thrown });
}
