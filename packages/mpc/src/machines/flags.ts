import { MoongateError } from "@moongate/errors";
import type { Matrix } from "@moongate/ring";
import type { DealerFlags, FlaggedRows } from "../values.ts";

interface KnownFlags extends DealerFlags {
  readonly flags: Uint8Array;
}

/** Flags at a machine that knows them: the dealer's and the twin's. @throws SHAPE_MISMATCH */
export function knownFlags(rows: number, flags: Uint8Array | undefined): DealerFlags {
  if (flags?.length !== rows) {
    throw new MoongateError("SHAPE_MISMATCH", `${flags?.length ?? 0} flags for ${rows} rows`);
  }
  const known: KnownFlags = { rows, flags };
  return known;
}

/** The flags of these rows, in their order. */
export function flagsOf({ flags, rows }: FlaggedRows): Uint8Array {
  const known = (flags as KnownFlags).flags;
  return Uint8Array.from(rows, (row) => known[row] ?? 0);
}

/**
 * Clears every word whose row has that flag. The words stand for `each` values a row, row after row;
 * several such tables may follow one another. Without a branch, and over all words whatever the
 * flags are: how long the dealer takes must not tell how many are set.
 */
export function clearFlagged(
  words: Matrix,
  flags: Uint8Array,
  each: number,
  cleared: 0 | 1,
): Matrix {
  const bytes = words.bytes();
  const halves = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  for (let at = 0; at < halves.length; ) {
    for (const flag of flags) {
      const keep = -(flag ^ cleared);
      for (const end = at + 2 * each; at < end; at++) halves[at] = (halves[at] ?? 0) & keep;
    }
  }
  return words;
}
