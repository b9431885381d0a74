import { memoryPair } from "@moongate/transport";
import { describe, expect, it } from "vitest";
import { confirmOrder } from "./confirm.ts";
import { bytesOf } from "./coordinator.ts";
import { DECOYS } from "./decoys.ts";
import { intersect } from "./intersect.ts";
import { alignKeyed, POSITIONS, TAGS } from "./keyed.ts";
import { receiveRecords, sendRecords } from "./records.ts";

const TIMEOUT_MS = 20_000;
const IDS = Array.from({ length: 200 }, (_, at) => `user-${at}`);
const PAIR_KEY = new Uint8Array(32).fill(7);

/**
 * The probability that a coordinator which leaves out some of the matches for both parties hits no
 * decoy and so goes unnoticed: decoys and matches look alike to it, so that it draws without
 * replacement, C(matched, dropped) / C(matched + decoys, dropped).
 * @param matched users that the two tables have in common
 * @param dropped entries that the coordinator leaves out, of matched + decoys
 */
function unnoticedProbability(matched: number, dropped: number, decoys = DECOYS): number {
  let logarithm = 0;
  for (let taken = 0; taken < dropped; taken++) {
    if (taken >= matched) return 0;
    logarithm += Math.log((matched - taken) / (matched + decoys - taken));
  }
  return Math.exp(logarithm);
}

/** Both parties beside a coordinator that returns only as many of the matches as it is told to. */
async function alignBesideLiar(options: { readonly decoys: number; readonly kept: number }) {
  const [media, toMedia] = memoryPair({ names: ["media", "coordinator"] });
  const [commerce, toCommerce] = memoryPair({ names: ["commerce", "coordinator"] });
  const [mediaInner, commerceInner] = memoryPair({ names: ["media", "commerce"] });
  const liar = async (): Promise<void> => {
    const received = { timeoutMs: TIMEOUT_MS, maxRecords: 1000, from: "party" } as const;
    const [a, b] = await Promise.all([
      receiveRecords(toMedia, TAGS, received),
      receiveRecords(toCommerce, TAGS, received),
    ]);
    // the same matches are left out for both, so that the parties agree on what they hold
    const { left, right } = intersect(a, b);
    const some = (positions: Uint32Array): Uint8Array =>
      bytesOf(positions.subarray(0, options.kept));
    await sendRecords(toMedia, POSITIONS, some(left), "coordinator");
    await sendRecords(toCommerce, POSITIONS, some(right), "coordinator");
  };
  const party = async (link: typeof media, inner: typeof media): Promise<number> => {
    const shared = { ids: IDS, pairKey: PAIR_KEY, timeoutMs: TIMEOUT_MS };
    const keys = { ...shared, orderKey: new Uint8Array(1), decoys: options.decoys };
    const rows = await alignKeyed({ ...keys, link });
    await confirmOrder({ ...shared, link: inner, rows });
    return rows.length;
  };
  return Promise.allSettled([party(media, mediaInner), party(commerce, commerceInner), liar()]);
}

describe("a coordinator that leaves out matches for both parties", () => {
  it("is found out by both, by the decoys among them", async () => {
    // 132 of 264 are kept: no decoy is hit with a probability of 1e-28
    const [media, commerce] = await alignBesideLiar({ decoys: DECOYS, kept: 132 });
    for (const ended of [media, commerce]) {
      expect(ended).toMatchObject({ reason: { code: "MATCHES_LEFT_OUT" } });
    }
  });

  it("goes unnoticed where there are no decoys (control)", async () => {
    const [media, commerce] = await alignBesideLiar({ decoys: 0, kept: 100 });
    expect(media).toMatchObject({ value: 100 });
    expect(commerce).toMatchObject({ value: 100 });
  });

  it("is told apart from an honest one", async () => {
    const [media, commerce] = await alignBesideLiar({ decoys: DECOYS, kept: 264 });
    expect(media).toMatchObject({ value: 200 });
    expect(commerce).toMatchObject({ value: 200 });
  });
});

describe("the probability that SECURITY.md states", () => {
  it("counts draws without replacement", () => {
    expect(unnoticedProbability(3, 1, 1)).toBeCloseTo(3 / 4, 12);
    expect(unnoticedProbability(3, 2, 1)).toBeCloseTo((3 / 4) * (2 / 3), 12);
    expect(unnoticedProbability(3, 4, 1)).toBe(0);
    expect(unnoticedProbability(20_000, 0)).toBe(1);
    // a tenth of 20,000 matches: 0.9^64, nearly
    expect(unnoticedProbability(20_000, 2006)).toBeCloseTo(0.9 ** 64, 4);
  });
});
