import { at } from "@moongate/errors";
import { isAscii, isUtf8 } from "node:buffer";
import { HEAD_BYTES } from "./file-kind.ts";
import { encodingOf, type TextEncoding } from "./encoding.ts";
import { notDecodable } from "./not-decodable.ts";

/** A file's text, as it is read piece by piece. */
export interface TextSource {
  readonly encoding: TextEncoding;
  /** The text without its byte order mark. @throws TEXT_ENCODING */
  readonly pieces: AsyncGenerator<string, undefined>;
}

/**
 * Decodes bytes strictly: a byte that the encoding does not allow is refused with its line and
 * offset, never replaced. Two people whose names differ in such a byte must not become one.
 *
 * @param title what messages call the file.
 * @param bytes opens the file's bytes, from the first on. Called again to find a fault's place.
 * @param declared an encoding that `TextDecoder` knows; a byte order mark overrides it.
 * @throws TABLE_NOT_TEXT
 */
export async function decodedText(
  title: string,
  bytes: () => AsyncIterable<Buffer>,
  declared?: string,
): Promise<TextSource> {
  const chunks = bytes()[Symbol.asyncIterator]();
  const first = await chunks.next();
  const head = first.done === true ? Buffer.alloc(0) : first.value;
  const encoding = encodingOf(title, head.subarray(0, HEAD_BYTES), declared);
  const rest = async function* (): AsyncGenerator<Buffer, undefined> {
    yield head.subarray(encoding.mark);
    for (;;) {
      const next = await chunks.next();
      if (next.done === true) return undefined;
      yield next.value;
    }
  };
  const fault = (): Promise<never> => notDecodable(title, bytes, encoding, declared);
  const pieces =
    encoding.name === "utf-8" ? utf8Pieces(rest(), fault) : otherPieces(rest(), encoding, fault);
  return { encoding, pieces };
}

/** UTF-8 by the checks that Node has for it, which are quicker than TextDecoder. */
async function* utf8Pieces(
  chunks: AsyncIterable<Buffer>,
  fault: () => Promise<never>,
): AsyncGenerator<string, undefined> {
  let carried: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    if (carried.length === 0 && isAscii(chunk)) {
      yield chunk.toString("latin1");
      continue;
    }
    const all = carried.length === 0 ? chunk : Buffer.concat([carried, chunk]);
    const end = all.length - unfinished(all);
    const whole = all.subarray(0, end);
    if (!isUtf8(whole)) return fault();
    yield whole.toString("utf8");
    carried = all.subarray(end);
  }
  if (carried.length > 0) return fault();
  return undefined;
}

/** How many bytes at the end begin a character that the next chunk goes on with. */
function unfinished(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = at(bytes, bytes.length - back);
    if (byte < 0x80) return 0;
    if (byte < 0xc0) continue; // within a character
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return length > back ? back : 0;
  }
  return 0;
}

async function* otherPieces(
  chunks: AsyncIterable<Buffer>,
  { name }: TextEncoding,
  fault: () => Promise<never>,
): AsyncGenerator<string, undefined> {
  const decoder = new TextDecoder(name, { fatal: true, ignoreBOM: true });
  for await (const chunk of chunks) {
    const text = attempt(() => decoder.decode(chunk, { stream: true }));
    if (text === undefined) return fault();
    yield text;
  }
  const last = attempt(() => decoder.decode());
  if (last === undefined) return fault();
  yield last;
  return undefined;
}

function attempt(decode: () => string): string | undefined {
  try {
    return decode();
  } catch {
    return undefined;
  }
}
