import { describe, expect, it } from "vitest";
import { categories, numbers, tableOf } from "../preparation/columns.fixture.ts";
import { refusal } from "../refusal.fixture.ts";
import { binaryLabel, NO_LABEL, readLabel } from "./binary-label.ts";

const words = (...values: (string | null)[]) => tableOf(categories("y", values));

describe("a label of two values", () => {
  it.each<readonly [ReturnType<typeof tableOf>, string | undefined, readonly number[], string]>([
    [tableOf(numbers("y", [0, 1, 1])), undefined, [0, 1, 1], ""],
    [tableOf(numbers("y", [-1, 1, -1])), undefined, [0, 1, 0], '"1" is positive'],
    [words("yes", "no", "yes"), undefined, [1, 0, 1], '"yes" is positive'],
    [words("No", "Yes"), undefined, [0, 1], '"Yes" is positive'],
    [
      words("bought", "left", "left"),
      undefined,
      [1, 0, 0],
      '"bought" is positive (it is the rarer)',
    ],
    [words("bought", "not bought"), undefined, [1, 0], "the other denies it"],
    [words("churn", "non-churn", "churn"), undefined, [1, 0, 1], "the other denies it"],
    [words("bought", "left", "left"), "left", [0, 1, 1], "as asked"],
    [words("yes", "no"), "no", [0, 1], "as asked"],
    [tableOf(numbers("y", [1, 2, 2])), "2", [0, 1, 1], "as asked"],
    [tableOf(numbers("y", [0, 1])), "0", [1, 0], "as asked"],
  ])("%#", (table, positive, values, rule) => {
    const label = readLabel(table, "y", { positive });
    expect([...label.values]).toEqual(values);
    expect(label.rule ?? "").toContain(rule);
    expect(label.missing).toBe(0);
  });

  it("counts rows without a label, or names the first of them", async () => {
    const table = words("yes", null, "no", null);
    expect(readLabel(table, "y")).toMatchObject({
      values: Uint8Array.of(1, NO_LABEL, 0, NO_LABEL),
      missing: 2,
    });
    const refused = await refusal(() => binaryLabel(table, "y"));
    expect(refused.message).toBe('label "y" has no value in row 2 and 1 more');
    expect(refused.cure).toContain("--missing-label drop");
  });

  it.each([
    [tableOf(numbers("y", [1, 2])), undefined, "two numbers beside 0 and 1"],
    [tableOf(numbers("y", [0, 1, 5])), undefined, "beside 0 and 1 in row 3"],
    [words("a", "b", "c"), undefined, "3 different values"],
    [words("a", "b"), "z", "no such value"],
  ])("is refused else: %#", async (table, positive, message) => {
    const refused = await refusal(() => readLabel(table, "y", { positive }));
    expect(refused.code).toBe("LABEL_NOT_BINARY");
    expect(refused.message).toContain(message);
  });
});
