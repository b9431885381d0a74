import { describe, expect, it } from "vitest";
import { z } from "zod";
import { byName, recordOf } from "./by-name.ts";

const NAMES = ["__proto__", "constructor", "toString", "a,b", ""];

describe("a record by names of users", () => {
  const record = byName(z.strictObject({ auc: z.number() }));

  it.each(NAMES)("keeps a key %j through JSON and a schema", (name) => {
    const sent: unknown = JSON.parse(JSON.stringify(recordOf([[name, { auc: 0.5 }]])));
    const received = record.parse(sent);
    expect(Object.keys(received)).toEqual([name]);
    expect(received[name]).toEqual({ auc: 0.5 });
    expect(JSON.stringify(received)).toBe(JSON.stringify(sent));
  });

  it.each(NAMES)("has no %j that nobody put there", (name) => {
    expect(record.parse({})[name]).toBeUndefined();
    expect(recordOf<number>([])[name]).toBeUndefined();
  });

  it("refuses what is no object, and names the place of a wrong value", () => {
    expect(record.safeParse([]).success).toBe(false);
    const wrong = z.strictObject({ labels: record }).safeParse({ labels: { x: { auc: "?" } } });
    expect(wrong.error?.issues[0]?.path).toEqual(["labels", "x", "auc"]);
  });
});
