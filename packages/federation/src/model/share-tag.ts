import { createHash, createHmac, hkdfSync } from "node:crypto";

/**
 * One parameter's share: little-endian words of 64 bits, row-major; a word is value · 2^scale.
 * A split model's parameter is one layer: weights and bias (its last row) as doubles, scale 0.
 */
export interface SavedParameter {
  readonly name: string;
  readonly rows: number;
  readonly cols: number;
  readonly scale: number;
  readonly words: Uint8Array;
}

/**
 * 64 hex digits that stand for a party's share of a model towards the other party: HMAC-SHA256
 * of the share under a key of the party's own secret. It says nothing about the share, not even to
 * somebody who guesses it, and nobody else can make it.
 */
export function shareTag(secret: Uint8Array, parameters: readonly SavedParameter[]): string {
  const key = new Uint8Array(hkdfSync("sha256", secret, "", "moongate/1 model share tag", 32));
  const hmac = createHmac("sha256", key);
  for (const { name, rows, cols, scale, words } of parameters) {
    hmac.update(`${JSON.stringify([name, rows, cols, scale])}\n`).update(words);
  }
  return hmac.digest("hex");
}

/**
 * The name of a model: 16 bytes in hex, of both parties' tags. Both arrive at the same one, and
 * it is a commitment to both shares: a share of another model cannot be passed off as this one's.
 */
export function modelIdOf(tags: { readonly media: string; readonly commerce: string }): string {
  const text = `moongate/1 model ${tags.media} ${tags.commerce}`;
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}
