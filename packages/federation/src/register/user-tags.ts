import { createHmac } from "node:crypto";
import { at } from "@moongate/errors";

/** Tags of users, 64 bits each, ascending and without repetition. */
export type Tags = BigUint64Array;

/** Tags as a register's file has them: 8 bytes each, little endian, in base64. */
export function writeTags(tags: Tags): string {
  const bytes = Buffer.alloc(8 * tags.length);
  tags.forEach((tag, index) => bytes.writeBigUInt64LE(tag, 8 * index));
  return bytes.toString("base64");
}

/** The reverse of `writeTags`. */
export function readTags(text: string): Tags {
  const bytes = Buffer.from(text, "base64");
  const count = Math.floor(bytes.length / 8);
  return BigUint64Array.from({ length: count }, (_, index) => bytes.readBigUInt64LE(8 * index));
}

/** All tags of several lists, ascending, each once. */
export function merged(lists: readonly BigUint64Array[]): Tags {
  const all = new BigUint64Array(lists.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const list of lists) {
    all.set(list, offset);
    offset += list.length;
  }
  return all.sort().filter((tag, index) => index === 0 || tag !== at(all, index - 1));
}

/** What two lists have in common, and what each has alone. */
export function sharedTags(
  first: Tags,
  second: Tags,
): { readonly shared: Tags; readonly onlyFirst: Tags; readonly onlySecond: Tags } {
  const [inFirst, inSecond] = [new Set(first), new Set(second)];
  return {
    shared: first.filter((tag) => inSecond.has(tag)),
    onlyFirst: first.filter((tag) => !inSecond.has(tag)),
    onlySecond: second.filter((tag) => !inFirst.has(tag)),
  };
}

/**
 * The tags of ids under a register's key, ascending and each once. A user's letter case and outer
 * spaces make no other user.
 * @param key hexadecimal.
 * @param purpose keeps the tags of registers apart.
 */
export function tagsOf(ids: readonly string[], key: string, purpose: string): Tags {
  const secret = Buffer.from(key, "hex");
  const tag = (id: string): bigint =>
    createHmac("sha256", secret)
      .update(JSON.stringify([purpose, id.trim().toLowerCase()]))
      .digest()
      .readBigUInt64LE();
  return merged([BigUint64Array.from(ids, tag)]);
}
