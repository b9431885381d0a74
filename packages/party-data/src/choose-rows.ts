import { createHash } from "node:crypto";
import { DEFAULT_ID_RULE, type IdRule, normaliseId } from "@moongate/alignment";
import { at } from "@moongate/errors";

/**
 * Row numbers (ascending) of the `count` ids with the smallest hashes. Two tables of the same users
 * keep the same ones, whatever their order; the first rows of each would hardly meet. The hash is no
 * secret and hides nothing: it never leaves the process.
 *
 * @param rule the plan's, so that one id written in two ways has one hash.
 */
export function rowsByHash(
  ids: readonly string[],
  count: number,
  rule: IdRule = DEFAULT_ID_RULE,
): Uint32Array {
  if (count >= ids.length) return Uint32Array.from(ids.keys());
  const hashes = Float64Array.from(ids, (id) => hashOf(normaliseId(id, rule)));
  const order = Uint32Array.from(ids.keys()).sort((a, b) => at(hashes, a) - at(hashes, b) || a - b);
  return order.subarray(0, count).sort();
}

/** 48 bits of SHA-256, which a double holds exactly. */
const hashOf = (id: string): number =>
  createHash("sha256").update(`moongate rows ${id}`).digest().readUIntBE(0, 6);
