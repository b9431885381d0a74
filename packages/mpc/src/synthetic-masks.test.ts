import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jointDigest, SECRET_BYTES, streamsOfKey, SyntheticMasks } from "./synthetic-masks.ts";

const secret = (name: string): Uint8Array => createHash("sha256").update(name).digest();
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const own = new SyntheticMasks(secret("media"));

const parts = fc.array(fc.uint8Array({ maxLength: 6 }), { maxLength: 3 });

describe("commitments", () => {
  it("are equal for equal contexts and parts, and for no others, however the bytes are cut", () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 3 }),
        parts,
        fc.string({ maxLength: 3 }),
        parts,
        (...of) => {
          const [context, some, otherContext, others] = of;
          const same =
            context === otherContext &&
            JSON.stringify(some.map(hex)) === JSON.stringify(others.map(hex));
          const equal = hex(own.commit(context, some)) === hex(own.commit(otherContext, others));
          expect(equal).toBe(same);
        },
      ),
    );
  });

  it("tell nothing to who guesses the parts but lacks the secret", () => {
    const guess = [new Uint8Array(8)];
    const theirs = hex(new SyntheticMasks(secret("commerce")).commit("c", guess));
    expect(theirs).not.toBe(hex(own.commit("c", guess)));
    expect(theirs).not.toBe(hex(new SyntheticMasks(new Uint8Array(32)).commit("c", guess)));
  });
});

describe("mask keys", () => {
  const [a, b] = [own.commit("a", []), own.commit("b", [])];
  const digests = [
    jointDigest("c", { media: a, commerce: b }),
    jointDigest("c", { media: b, commerce: a }),
    jointDigest("c", { media: a, commerce: a }),
    jointDigest("d", { media: a, commerce: b }),
  ];

  it("are one for each digest and secret, and no commitment", () => {
    const keys = ["media", "commerce"].flatMap((name) =>
      digests.map((digest) => hex(new SyntheticMasks(secret(name)).key(digest))),
    );
    expect(new Set([...keys, hex(a), hex(b)]).size).toBe(keys.length + 2);
    for (const key of keys) expect(key).toHaveLength(2 * SECRET_BYTES);
  });

  it("expand to the same masks in any session", () => {
    const drawn = (): string => {
      const masks = streamsOfKey(own.key(digests[0] ?? a));
      masks.openStep(0);
      const target = new Uint8Array(16);
      masks.stream(0, "T").fill(target);
      return hex(target);
    };
    expect(drawn()).toBe(drawn());
  });
});
