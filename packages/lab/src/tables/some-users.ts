import { recordOf } from "@moongate/messages";
import { createHash } from "node:crypto";
import { at } from "@moongate/errors";
import type { PartyData } from "@moongate/federation";

/**
 * A table with a share of its users: those whose id has a small hash. Two tables keep the same users,
 * so the part of them that both have stays as it was.
 */
export function someUsers(data: PartyData, share: number): PartyData {
  if (share >= 1) return data;
  const kept = Uint32Array.from(data.ids.keys()).filter((row) => isKept(at(data.ids, row), share));
  const labels = Object.entries(data.labels ?? {}).map(
    ([name, values]) => [name, Uint8Array.from(kept, (row) => at(values, row))] as const,
  );
  const whole = (rows: Uint32Array): Uint32Array => rows.map((row) => at(kept, row));
  return {
    ids: Array.from(kept, (row) => at(data.ids, row)),
    async prepare(trainRows, options = {}) {
      const { heldOut } = options;
      const fitted = await data.prepare(whole(trainRows), {
        ...options,
        ...(heldOut === undefined ? {} : { heldOut: whole(heldOut) }),
      });
      return { ...fitted, encode: (rows) => fitted.encode(whole(rows)) };
    },
    ...(data.labels === undefined ? {} : { labels: recordOf(labels) }),
  };
}

function isKept(id: string, share: number): boolean {
  const hash = createHash("sha256").update(`lab ${id}`).digest();
  return hash.readUInt32BE() < share * 2 ** 32;
}
