import { MoongateError } from "@moongate/errors";
import type { TextEncoding } from "./encoding.ts";

/** Bytes that are looked at to tell what the encoding is likely to be. */
const SAMPLE_BYTES = 1 << 16;

/**
 * Says where a file stops being text in its encoding. The file is read once more, a byte at a time
 * near the fault: this is the way of an error, and exact before it is quick.
 *
 * @throws TEXT_ENCODING with line, byte offset (from 0) and the likely encoding.
 */
export async function notDecodable(
  title: string,
  bytes: () => AsyncIterable<Buffer>,
  encoding: TextEncoding,
  declared: string | undefined,
): Promise<never> {
  const decoder = new TextDecoder(encoding.name, { fatal: true, ignoreBOM: true });
  let offset = 0;
  let line = 1;
  const sample: Buffer[] = [];
  let sampled = 0;
  let faultAt: number | undefined;
  for await (const chunk of bytes()) {
    if (sampled < SAMPLE_BYTES || faultAt === undefined) {
      // the newest piece counts: a long file may be plain ASCII up to the fault
      sample.push(chunk);
      sampled += chunk.length;
      while (sampled - (sample[0]?.length ?? 0) >= SAMPLE_BYTES) {
        sampled -= sample.shift()?.length ?? 0;
      }
    }
    if (faultAt !== undefined) break;
    for (const [at, byte] of chunk.entries()) {
      const text = decoded(decoder, Uint8Array.of(byte));
      if (text === undefined) {
        faultAt = offset + at;
        break;
      }
      if (text === "\n") line += 1;
    }
    offset += chunk.length;
  }
  const { likelyEncoding } = await import("./likely-encoding.ts");
  const likely = likelyEncoding(Buffer.concat(sample), encoding.name);
  const where = faultAt === undefined ? "at its end" : `at byte ${faultAt}`;
  const as = declared === undefined ? "" : ", as was declared";
  throw new MoongateError(
    "TEXT_ENCODING",
    `${title}, line ${line}: not valid ${encoding.name.toUpperCase()}${as} (${where})`,
    {
      cure:
        likely === undefined
          ? 'Save the file as UTF-8, or name its encoding (encoding = "..." under data, or --encoding).'
          : `It looks like ${likely}: if so, set encoding = "${likely}" under data (or --encoding ${likely}); else save the file as UTF-8.`,
      details: { line, offset: faultAt ?? offset, likely },
    },
  );
}

function decoded(decoder: InstanceType<typeof TextDecoder>, bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes, { stream: true });
  } catch {
    return undefined;
  }
}
