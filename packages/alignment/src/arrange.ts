import { at, MoongateError } from "@moongate/errors";
import { deriveKey, hashRows } from "./hash.ts";
import { type Digests, sortPositions } from "./sort.ts";

/** Shares of the rows for each use; they add up to 1. */
export interface Fractions {
  readonly train: number;
  readonly validation: number;
  readonly test: number;
}

export const DEFAULT_FRACTIONS: Fractions = { train: 0.7, validation: 0.1, test: 0.2 };

export type PartitionPart = "train" | "validation" | "test";

/** The uses in their order in the arrangement; a row's assignment is an index of this list. */
export const PARTS: readonly PartitionPart[] = ["train", "validation", "test"];

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
const SORTED_BYTES = 16;
const SPLIT_BYTES = 6;
const DIGEST_BYTES = SORTED_BYTES + SPLIT_BYTES;

/**
 * The rows of an intersection in an order that depends on the ids and the key alone: by
 * HMAC-SHA256 of the id. Both alignment methods return this order.
 * @param rows row numbers (from 0) into `ids`.
 */
export async function orderRows(
  ids: readonly string[],
  orderKey: Uint8Array,
  rows: Uint32Array,
): Promise<Uint32Array> {
  const sorted = sortPositions(await digests(ids, orderKey, rows));
  return sorted.map((position) => at(rows, position));
}

/**
 * Assigns each row to training, validation or test by a keyed hash of its id: the same id always
 * gets the same use, whatever other rows there are. The shares are met in expectation.
 * @returns one index into PARTS for each id.
 * @throws MoongateError CONFIG_INVALID for fractions that are no shares of 1.
 */
export async function splitRows(options: {
  readonly ids: readonly string[];
  readonly key: Uint8Array;
  readonly fractions?: Fractions | undefined;
}): Promise<Uint8Array> {
  const hashes = await digests(options.ids, options.key, allRows(options.ids));
  return assign(hashes, options.fractions ?? DEFAULT_FRACTIONS);
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
export async function arrangeRows(
  ids: readonly string[],
  orderKey: Uint8Array,
  fractions: Fractions = DEFAULT_FRACTIONS,
  rows: Uint32Array = allRows(ids),
): Promise<Arrangement> {
  if (rows.length === 0) throw new MoongateError("ALIGNMENT_EMPTY", "no id is in both tables");
  const hashes = await digests(ids, orderKey, rows);
  const uses = assign(hashes, fractions);
  const counts = PARTS.map((_, use) => uses.reduce((sum, own) => sum + Number(own === use), 0));
  const [train = 0, validation = 0, test = 0] = counts;
  refuseEmptyUse({ train, validation, test }, fractions, rows.length);
  const order = sortPositions(hashes, uses).map((position) => at(rows, position));
  return { order, train, validation, test };
}

/** Digests for arrangement, domain-separated from every other hash of ids. */
async function digests(
  ids: readonly string[],
  key: Uint8Array,
  rows: Uint32Array,
): Promise<Digests> {
  const bytes = await hashRows(deriveKey(key, "row-order"), ids, rows, DIGEST_BYTES);
  return { bytes, width: DIGEST_BYTES, sorted: SORTED_BYTES };
}

function allRows(ids: readonly string[]): Uint32Array {
  return Uint32Array.from(ids, (_, index) => index);
}

function assign({ bytes }: Digests, fractions: Fractions): Uint8Array {
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
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return Uint8Array.from({ length: bytes.length / DIGEST_BYTES }, (_, at) => {
    const from = at * DIGEST_BYTES + SORTED_BYTES;
    const value = view.getUint16(from) * 2 ** 32 + view.getUint32(from + 2); // SPLIT_BYTES of them
    return Number(value >= afterTrain) + Number(value >= afterValidation);
  });
}

function refuseEmptyUse(
  counts: Readonly<Record<PartitionPart, number>>,
  fractions: Fractions,
  rows: number,
): void {
  for (const use of PARTS) {
    if (counts[use] > 0 || fractions[use] === 0) continue;
    throw new MoongateError(
      "ALIGNMENT_TOO_SMALL",
      `the tables share ${rows} users and none of them falls to ${use}`,
      { details: { rows, ...counts } },
    );
  }
}
