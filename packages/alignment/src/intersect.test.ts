import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { intersect } from "./intersect.ts";

/** Tags whose words take few values, so that they collide in part. */
const tag = fc
  .array(fc.constantFrom(0, 1, 255), { minLength: 16, maxLength: 16 })
  .map((bytes) => Uint8Array.from(bytes));
const tags = fc.uniqueArray(tag, { selector: (bytes) => bytes.join(), maxLength: 60 });
const join = (list: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(list));

describe("intersect", () => {
  it("agrees with a Set, position by position", () => {
    fc.assert(
      fc.property(tags, tags, tags, (common, onlyLeft, onlyRight) => {
        const distinct = (list: Uint8Array[]): Uint8Array[] => [
          ...new Map(list.map((bytes) => [bytes.join(), bytes])).values(),
        ];
        const left = distinct([...common, ...onlyLeft]);
        const right = distinct([...onlyRight, ...common]);
        const there = new Map(left.map((bytes, at) => [bytes.join(), at]));
        const expected = right.flatMap((bytes, at) => {
          const other = there.get(bytes.join());
          return other === undefined ? [] : [[other, at]];
        });
        const found = intersect(join(left), join(right));
        expect([...found.left].map((at, i) => [at, found.right[i]])).toEqual(expected);
      }),
    );
  });

  it("accepts memory that is not aligned", () => {
    const bytes = new Uint8Array(33).fill(7).subarray(1);
    bytes[31] = 8;
    expect([...intersect(bytes, bytes.slice(16)).left]).toEqual([1]);
  });

  it("refuses a tag that comes twice, on either side", () => {
    const [twice, once] = [new Uint8Array(32), new Uint8Array(16)];
    const refusal = expect.objectContaining({ code: "MESSAGE_INVALID" }) as Error;
    expect(() => intersect(twice, once)).toThrow(refusal);
    expect(() => intersect(once, twice)).toThrow(refusal);
  });
});
