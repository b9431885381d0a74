import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gaussianRho, withNoise, zcdpEpsilon } from "@moongate/defences";
import { makePlan, type Plan } from "@moongate/messages";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { EpsilonBudget } from "./epsilon-budget.ts";
import { merged, readTags, sharedTags, writeTags } from "./user-tags.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "moongate-epsilon-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const model = { kind: "logistic", epochs: 5, learningRate: 1 } as const;
const planOf = (epsilon: number): Plan =>
  makePlan("s", ["a"], withNoise({ model, dp: { epsilon, delta: 1e-6 } }));
const users = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, index) => `User ${from + index}`);
const budget = (ids: readonly string[], maximumEpsilon: number): EpsilonBudget =>
  new EpsilonBudget(folder, { role: "media", ids, maximumEpsilon });
const refused = expect.objectContaining({ code: "SESSION_REFUSED" }) as Error;

/** Epsilon of so many trainings on one user. */
const composed = (plan: Plan, times: number): number =>
  zcdpEpsilon(gaussianRho(plan.dp?.noiseMultiplier ?? 0, times * plan.model.epochs), 1e-6);

describe("a budget of epsilon", () => {
  it("lets trainings on the same users pass until their composition exceeds it, and no further", async () => {
    const plan = planOf(1);
    const [ids, most] = [users(0, 30), composed(plan, 3)];
    for (let time = 0; time < 3; time++) await budget(ids, most).spend(plan);
    await expect(budget(ids, most).spend(plan)).rejects.toEqual(refused);
    await expect(budget(ids, most).require(plan)).rejects.toThrow(
      "media does not agree to epsilon 1: trainings on its users so far leave less",
    );
    await budget(ids, composed(plan, 4)).require(plan);
    // What was refused is not counted.
    await budget(ids, composed(plan, 4)).spend(plan);
  });

  it("is one of users: others have their own, and a single one in common is enough", async () => {
    const plan = planOf(1);
    await budget(users(0, 20), 1).spend(plan);
    await budget(users(20, 40), 1).spend(plan);
    await expect(budget(users(39, 60), 1).spend(plan)).rejects.toEqual(refused);
    await budget(users(40, 60), 1).spend(plan);
    await expect(budget([" uSER 7 "], 1).require(plan)).rejects.toEqual(refused);
  });

  it("asks without spending, and refuses plans without noise", async () => {
    const plan = planOf(1);
    for (let time = 0; time < 3; time++) await budget(users(0, 9), 1).require(plan);
    await budget(users(0, 9), 1).spend(plan);
    const bare = makePlan("s", ["a"], { model });
    await expect(budget(["x"], 100).require(bare)).rejects.toThrow("without differential privacy");
  });

  it("lets one of several pass that begin at once where one is left", async () => {
    const spend = () => budget(["ann", "ben"], 1).spend(planOf(1));
    const ended = await Promise.allSettled([spend(), spend(), spend()]);
    expect(ended.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it("tells no ids on the disk, and gives equal users other tags in another register", async () => {
    await budget(users(0, 5), 1).spend(planOf(1));
    const file = join(folder, "epsilon.json");
    const text = await readFile(file, "utf8");
    expect(text.toLowerCase()).not.toContain("user 1");
    await rm(file);
    await budget(users(0, 5), 1).spend(planOf(1));
    const groups = (from: string): string => from.slice(from.indexOf("users"));
    expect(groups(await readFile(file, "utf8"))).not.toBe(groups(text));
  });
});

describe("tags of users", () => {
  const tags = fc.array(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), { maxLength: 20 });

  it("come back from a file, and split into shared and others", () => {
    fc.assert(
      fc.property(tags, tags, tags, (a, b, c) => {
        const [first, second] = [
          [...a, ...b],
          [...b, ...c],
        ].map((list) => merged([BigUint64Array.from(list)])) as [BigUint64Array, BigUint64Array];
        expect(readTags(writeTags(first))).toEqual(first);
        const { shared, onlyFirst, onlySecond } = sharedTags(first, second);
        expect(merged([shared, onlyFirst])).toEqual(first);
        expect(merged([shared, onlySecond])).toEqual(second);
        expect(sharedTags(onlyFirst, onlySecond).shared).toHaveLength(0);
      }),
    );
  });
});
