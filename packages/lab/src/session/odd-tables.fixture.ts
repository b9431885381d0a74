import { createHash } from "node:crypto";
import type { PartyData } from "@moongate/federation";

/** Numbers in [0, 1) of a label. */
function uniforms(label: string): () => number {
  let [block, at, counter] = [Buffer.alloc(0), 0, 0];
  return () => {
    if (at === block.length) {
      block = createHash("sha256").update(`${label} ${counter}`).digest();
      [at, counter] = [0, counter + 1];
    }
    at += 4;
    return block.readUInt32LE(at - 4) / 2 ** 32;
  };
}

/**
 * Two tables of the same users. The label hangs on how far media's first column is from zero, to
 * either side, so that a linear model of media's columns finds nothing, and on commerce's column.
 */
export function oddTables(
  seed: string,
  rows: number,
  label: string,
): { readonly media: PartyData; readonly commerce: PartyData } {
  const next = uniforms(`odd ${seed}`);
  const ids = Array.from({ length: rows }, (_, row) => `user-${row}`);
  const table = (cols: number): Float64Array =>
    Float64Array.from({ length: rows * cols }, () => 2 * next() - 1);
  const [mine, theirs] = [table(3), table(1)];
  const labels = Uint8Array.from(ids, (_, row) => {
    const logit = 10 * Math.abs(mine[row * 3] ?? 0) - 6 + 2 * (theirs[row] ?? 0);
    return Number(next() < 1 / (1 + Math.exp(-logit)));
  });
  return {
    media: partyData(ids, mine, "m"),
    commerce: { ...partyData(ids, theirs, "c"), labels: { [label]: labels } },
  };
}

function partyData(ids: readonly string[], values: Float64Array, prefix: string): PartyData {
  const cols = values.length / ids.length;
  return {
    ids,
    prepare: () => ({
      columns: Array.from({ length: cols }, (_, col) => `${prefix}${col}`),
      document: { columns: cols },
      encode: (rows) => ({
        rows: rows.length,
        cols,
        values: Float64Array.from(
          [...rows].flatMap((row) => [...values.subarray(row * cols, (row + 1) * cols)]),
        ),
      }),
    }),
  };
}
