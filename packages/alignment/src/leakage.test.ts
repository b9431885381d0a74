import { createHash, createHmac } from "node:crypto";
import { type Link, memoryPair } from "@moongate/transport";
import { describe, expect, it } from "vitest";
import { intersectTags } from "./coordinator.ts";
import { DECOYS } from "./decoys.ts";
import { isOnCurve, POINT_BYTES } from "./curve.ts";
import { alignEcdh } from "./ecdh.ts";
import { TAG_BYTES } from "./hash.ts";
import { alignKeyed } from "./keyed.ts";
import { ORDER_KEY, PAIR_KEY } from "./testing/methods.ts";

const IDS = Array.from({ length: 64 }, (_, at) => `subscriber-${at}`);
const common = { orderKey: ORDER_KEY, ids: IDS, timeoutMs: 10_000 };

/** What arrives on a link, beside what the protocol does with it. */
function tapped(link: Link): { readonly link: Link; readonly view: Buffer[] } {
  const view: Buffer[] = [];
  const receive: Link["receive"] = async (kind, options) => {
    const payload = await link.receive(kind, options);
    view.push(Buffer.from(payload));
    return payload;
  };
  const tap = new Proxy(link, {
    get: (target, name): unknown => {
      if (name === "receive") return receive;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? (value.bind(target) as unknown) : value;
    },
  });
  return { link: tap, view };
}

/** Everything the coordinator receives from media in one run of the keyed method. */
async function coordinatorView(pairKey: Uint8Array): Promise<Buffer> {
  const [media, toMedia] = memoryPair({ names: ["media", "coordinator"] });
  const [commerce, toCommerce] = memoryPair({ names: ["commerce", "coordinator"] });
  const tap = tapped(toMedia);
  await Promise.all([
    alignKeyed({ ...common, link: media, pairKey }),
    alignKeyed({ ...common, link: commerce, pairKey }),
    intersectTags({ media: tap.link, commerce: toCommerce }),
  ]);
  return Buffer.concat(tap.view.slice(1)); // without the header
}

/** Everything one party receives in one run of ecdh when the peer holds `ids`. */
async function partyView(ids: readonly string[]): Promise<readonly Buffer[]> {
  const [media, commerce] = memoryPair({ names: ["media", "commerce"] });
  const tap = tapped(media);
  const shared = { ...common, session: "session-1" };
  await Promise.all([
    alignEcdh({ ...shared, link: tap.link, role: "media" }),
    alignEcdh({ ...shared, link: commerce, role: "commerce", ids }),
  ]);
  return tap.view;
}

const slices = (bytes: Uint8Array, width: number): string[] =>
  Array.from({ length: bytes.length / width }, (_, at) =>
    Buffer.from(bytes.subarray(at * width, (at + 1) * width)).toString("hex"),
  );

/** Digests of an id that anybody can compute, 128 bits of each. */
function guesses(id: string): string[] {
  const keys = ["", "moongate", "session-1", ORDER_KEY, Buffer.alloc(32)];
  const digests = [
    ...["sha256", "sha1", "md5"].map((name) => createHash(name).update(id).digest()),
    ...keys.map((key) => createHmac("sha256", key).update(id).digest()),
  ];
  return digests.map((digest) => digest.subarray(0, TAG_BYTES).toString("hex"));
}

describe("what the coordinator sees of the keyed method", () => {
  it("has no id in it, nor a hash of one that a stranger can compute", async () => {
    const view = await coordinatorView(PAIR_KEY);
    const tags = new Set(slices(view, TAG_BYTES));
    expect(tags.size).toBe(IDS.length + DECOYS);
    for (const id of IDS) {
      expect(view.includes(id)).toBe(false);
      for (const guess of guesses(id)) expect(tags.has(guess)).toBe(false);
    }
  });

  it("is caught by the same check when the tags are made without a key", () => {
    const leak = new Set(
      IDS.map((id) =>
        createHash("sha256")
          .update(id)
          .digest("hex")
          .slice(0, 2 * TAG_BYTES),
      ),
    );
    expect(IDS.every((id) => guesses(id).some((guess) => leak.has(guess)))).toBe(true);
  });

  it("cannot be linked between sessions, and comes in a fresh order", async () => {
    const first = slices(await coordinatorView(PAIR_KEY), TAG_BYTES);
    const again = slices(await coordinatorView(PAIR_KEY), TAG_BYTES);
    const other = slices(await coordinatorView(Buffer.from("another session")), TAG_BYTES);
    expect(again).not.toEqual(first); // alike once in 64! runs
    expect([...again].sort()).toEqual([...first].sort());
    expect(other.filter((tag) => first.includes(tag))).toEqual([]);
  });
});

describe("what a party sees of ecdh", () => {
  it("has no id in it, and other points each time", async () => {
    const peers = IDS.map((id) => `${id}-of-commerce`);
    const [first, again] = [await partyView(peers), await partyView(peers)].map((view) =>
      Buffer.concat(view),
    );
    for (const id of peers) expect(first?.includes(id)).toBe(false);
    const known = new Set(slices(first?.subarray(8, 8 + 64 * POINT_BYTES) ?? Buffer.of(), 32));
    const repeated = slices(again?.subarray(8, 8 + 64 * POINT_BYTES) ?? Buffer.of(), 32);
    expect(repeated.filter((point) => known.has(point))).toEqual([]);
  });

  it("lies on the curve, all of it: the twist would say how many ids hash to it", async () => {
    const view = await partyView(IDS);
    const points = view.find((payload) => payload.length === IDS.length * POINT_BYTES);
    const all = slices(points ?? Buffer.of(), POINT_BYTES);
    expect(all.length).toBe(IDS.length);
    expect(all.every((point) => isOnCurve(Buffer.from(point, "hex")))).toBe(true);
  });
});
