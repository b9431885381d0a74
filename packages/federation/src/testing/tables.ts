import { createHash } from "node:crypto";
import type { PartyData } from "../data.ts";

/** Small seeded tables for tests: not a population, only something that can be learnt. */
export interface TestTables {
  readonly media: PartyData;
  readonly commerce: PartyData & { readonly labels: Readonly<Record<string, Uint8Array>> };
  readonly matched: number;
}

export interface TableOptions {
  readonly seed: string;
  /** Users that both sides have. */
  readonly matched?: number | undefined;
  /** Users that only one side has, on each side; a fifth of the common ones by default. */
  readonly own?: number | undefined;
  readonly labels?: readonly string[] | undefined;
}

const MEDIA_COLUMNS = 3;
const COMMERCE_COLUMNS = 2;

/** Media's columns and commerce's explain the labels about equally well. */
export function testTables(options: TableOptions): TestTables {
  const { seed, matched = 300, labels: names = ["bought"] } = options;
  const random = generator(seed);
  const own = options.own ?? Math.ceil(matched / 5);
  const shared = Array.from({ length: matched }, (_, i) => `user-${seed}-${i}`);
  const mine = (side: string): string[] =>
    Array.from({ length: own }, (_, i) => `${side}-${seed}-${i}`);
  const features = new Map<string, number[]>();
  const of = (id: string): number[] => {
    let row = features.get(id);
    if (row === undefined) {
      row = Array.from({ length: MEDIA_COLUMNS + COMMERCE_COLUMNS }, () => normal(random));
      features.set(id, row);
    }
    return row;
  };
  const mediaIds = shuffled([...shared, ...mine("media")], random);
  const commerceIds = shuffled([...shared, ...mine("commerce")], random);
  const label = (index: number): Uint8Array =>
    Uint8Array.from(commerceIds, (id) => {
      const [a = 0, b = 0, , d = 0, e = 0] = of(id);
      const logit = 2 * a - 1.5 * b + 1.5 * d + (index % 2 === 0 ? e : -e);
      return Number(random() < 1 / (1 + Math.exp(-logit)));
    });
  return {
    matched,
    media: table(mediaIds, (id) => of(id).slice(0, MEDIA_COLUMNS), "m"),
    commerce: {
      ...table(commerceIds, (id) => of(id).slice(MEDIA_COLUMNS), "c"),
      labels: Object.fromEntries(names.map((name, index) => [name, label(index)])),
    },
  };
}

function table(ids: readonly string[], row: (id: string) => number[], prefix: string): PartyData {
  const cols = row(ids[0] ?? "").length;
  return {
    ids,
    prepare: () => ({
      columns: Array.from({ length: cols }, (_, i) => `${prefix}${i}`),
      document: { columns: cols },
      encode: (rows) => ({
        rows: rows.length,
        cols,
        values: Float64Array.from([...rows].flatMap((each) => row(ids[each] ?? ""))),
      }),
    }),
  };
}

/** Mulberry32, seeded by a hash: test data, not secrets. */
export function generator(seed: string): () => number {
  let state = createHash("sha256").update(seed).digest().readUInt32LE(0);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

function normal(random: () => number): number {
  const value = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Math.max(-4, Math.min(4, value));
}

function shuffled(items: string[], random: () => number): string[] {
  const order = items.map((item) => ({ item, at: random() }));
  return order.sort((a, b) => a.at - b.at).map(({ item }) => item);
}
