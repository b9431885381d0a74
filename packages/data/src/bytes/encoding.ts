import { at, MoongateError } from "@moongate/errors";
import { notText } from "./file-kind.ts";

/** How the bytes of a file become text. */
export interface TextEncoding {
  /** A name that `TextDecoder` knows. */
  readonly name: string;
  /** Bytes of the byte order mark in front. */
  readonly mark: number;
}

const MARKS: readonly (readonly [name: string, bytes: readonly number[]])[] = [
  ["utf-8", [0xef, 0xbb, 0xbf]],
  ["utf-16le", [0xff, 0xfe]],
  ["utf-16be", [0xfe, 0xff]],
];

/**
 * The encoding of a file: what its byte order mark says, else what was declared, else UTF-16 where
 * every second byte of its beginning is zero, else UTF-8.
 *
 * @throws TABLE_NOT_TEXT for zero bytes that UTF-16 does not explain.
 */
export function encodingOf(title: string, head: Uint8Array, declared?: string): TextEncoding {
  if (head[0] === 0xff && head[1] === 0xfe && head[2] === 0 && head[3] === 0) {
    throw notText(title, "UTF-32 text", "Save it as UTF-8.");
  }
  for (const [name, bytes] of MARKS) {
    if (bytes.every((byte, index) => head[index] === byte)) return { name, mark: bytes.length };
  }
  if (declared !== undefined) return { name: declared, mark: 0 };
  const zeros = [0, 0];
  head.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2] = at(zeros, index % 2) + 1;
  });
  const [even = 0, odd = 0] = zeros;
  if (even + odd === 0) return { name: "utf-8", mark: 0 };
  const least = 0.1 * head.length;
  if (odd > least && odd >= 20 * even) return { name: "utf-16le", mark: 0 };
  if (even > least && even >= 20 * odd) return { name: "utf-16be", mark: 0 };
  throw notText(title, "a binary file");
}

/**
 * The name under which `TextDecoder` knows an encoding.
 *
 * @throws USAGE for a name that it does not know.
 */
export function knownEncoding(name: string): string {
  try {
    return new TextDecoder(name, { fatal: true }).encoding;
  } catch {
    throw new MoongateError("USAGE", `there is no encoding ${JSON.stringify(name)}`, {
      cure: "Known are utf-8, utf-16le, utf-16be, gbk, gb18030, big5, shift_jis, euc-jp, euc-kr, windows-1250 to windows-1258, iso-8859-1 to iso-8859-16, koi8-r and others of the WHATWG Encoding Standard.",
    });
  }
}
