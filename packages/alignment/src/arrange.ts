import { MoongateError } from "@moongate/errors";
import { deriveKey, hashRows, TAG_BYTES } from "./hash.ts";

/** Shares of the rows for each use; they add up to 1. */
export interface Fractions {
  readonly train: number;
  readonly validation: number;
  readonly test: number;
}

export const DEFAULT_FRACTIONS: Fractions = { train: 0.7, validation: 0.1, test: 0.2 };

export type Split = "train" | "validation" | "test";

/** The uses in their order in the arrangement; a row's assignment is an index of this list. */
export const SPLITS: readonly Split[] = ["train", "validation", "test"];

/** Rows in their final order: first those of train, then validation, then test. */
export interface Arrangement {
  /** Row numbers (from 0) of the party's own table. */
  readonly order: Uint32Array;
  /** How many rows of `order` each use has. */
  readonly train: number;
  readonly validation: number;
  readonly test: number;
}

/** One digest a row: 16 bytes to sort by, then 6 to split by. */
const SPLIT_AT = TAG_BYTES;
const SPLIT_BYTES = 6;
const DIGEST_BYTES = SPLIT_AT + SPLIT_BYTES;

/**
 * The rows of an intersection in an order that depends on the ids and the key alone: by
 * HMAC-SHA256 of the id. Both alignment methods return this order.
 * @param rows row numbers (from 0) into `ids`.
 */
export function orderRows(
  ids: readonly string[],
  orderKey: Uint8Array,
  rows: Uint32Array,
): Uint32Array {
  return sortBy(rows, digests(ids, orderKey, rows));
}

/**
 * Assigns each row to training, validation or test by a keyed hash of its id: the same id always
 * gets the same use, whatever other rows there are. The shares are met in expectation.
 * @returns one index into SPLITS for each id.
 * @throws MoongateError CONFIG_INVALID for fractions that are no shares of 1.
 */
export function splitRows(options: {
  readonly ids: readonly string[];
  readonly key: Uint8Array;
  readonly fractions?: Fractions;
}): Uint8Array {
  const rows = allRows(options.ids);
  const hashes = digests(options.ids, options.key, rows);
  return assign(rows.length, hashes, options.fractions ?? DEFAULT_FRACTIONS);
}

/**
 * The arrangement of a joint table: train rows, then validation, then test, each in keyed-hash
 * order. Whoever knows the ids and the key (both parties; an oracle with both files) arrives at
 * the same one.
 * @param ids normalised ids; in the oracle's case, of the common rows.
 * @param orderKey any bytes that both sides share; the session's public seed will do.
 * @param rows the rows to arrange (from 0), as an alignment returns them; all if absent.
 * @throws MoongateError ALIGNMENT_EMPTY without rows, ALIGNMENT_TOO_SMALL when a use with a
 *   fraction above 0 gets no row, CONFIG_INVALID for fractions that are no shares of 1.
 */
export function arrangeRows(
  ids: readonly string[],
  orderKey: Uint8Array,
  fractions: Fractions = DEFAULT_FRACTIONS,
  rows: Uint32Array = allRows(ids),
): Arrangement {
  if (rows.length === 0) throw new MoongateError("ALIGNMENT_EMPTY", "no id is in both tables");
  const hashes = digests(ids, orderKey, rows);
  const uses = assign(rows.length, hashes, fractions);
  const counts = SPLITS.map((_, use) => uses.reduce((sum, own) => sum + Number(own === use), 0));
  const [train = 0, validation = 0, test = 0] = counts;
  refuseEmptyUse({ train, validation, test }, fractions, rows.length);
  return { order: sortBy(rows, hashes, uses), train, validation, test };
}

/** Digests for arrangement, domain-separated from every other hash of ids. */
function digests(ids: readonly string[], key: Uint8Array, rows: Uint32Array): Buffer {
  return Buffer.from(hashRows(deriveKey(key, "row-order"), ids, rows, DIGEST_BYTES).buffer);
}

function allRows(ids: readonly string[]): Uint32Array {
  return Uint32Array.from(ids, (_, index) => index);
}

function assign(count: number, hashes: Buffer, fractions: Fractions): Uint8Array {
  const { train, validation, test } = fractions;
  const shares = [train, validation, test];
  const sum = train + validation + test;
  if (shares.some((share) => !(share >= 0 && share <= 1)) || !(Math.abs(sum - 1) < 1e-9)) {
    throw new MoongateError(
      "CONFIG_INVALID",
      "the fractions of train, validation and test are not shares of 1",
      {
        details: { key: "fractions" },
      },
    );
  }
  // thresholds over the range of the hash; plain doubles, so alike on every machine
  const scale = 2 ** (8 * SPLIT_BYTES);
  const afterTrain = train * scale;
  const afterValidation = test === 0 ? scale : (train + validation) * scale;
  return Uint8Array.from({ length: count }, (_, at) => {
    const value = hashes.readUIntBE(at * DIGEST_BYTES + SPLIT_AT, SPLIT_BYTES);
    return Number(value >= afterTrain) + Number(value >= afterValidation);
  });
}

/** Rows sorted by use (if given), then by the first 16 bytes of their digests. */
function sortBy(rows: Uint32Array, hashes: Buffer, uses?: Uint8Array): Uint32Array {
  const words = Uint32Array.from({ length: rows.length * 4 }, (_, at) =>
    hashes.readUInt32BE((at >>> 2) * DIGEST_BYTES + (at & 3) * 4),
  );
  const positions = rows
    .map((_, at) => at)
    .sort((a, b) => {
      const byUse = uses === undefined ? 0 : (uses[a] ?? 0) - (uses[b] ?? 0);
      if (byUse !== 0) return byUse;
      for (let word = 0; word < 4; word++) {
        const difference = (words[4 * a + word] ?? 0) - (words[4 * b + word] ?? 0);
        if (difference !== 0) return difference;
      }
      return 0;
    });
  return positions.map((at) => rows[at] ?? 0);
}

function refuseEmptyUse(
  counts: Readonly<Record<Split, number>>,
  fractions: Fractions,
  rows: number,
): void {
  for (const use of SPLITS) {
    if (counts[use] > 0 || fractions[use] === 0) continue;
    throw new MoongateError(
      "ALIGNMENT_TOO_SMALL",
      `the tables share ${rows} users and none of them falls to ${use}`,
      { details: { rows, ...counts } },
    );
  }
}
