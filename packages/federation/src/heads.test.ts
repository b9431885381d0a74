import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { resultSchema } from "@moongate/results";
import { describe, expect, it } from "vitest";
import { FederationWorld } from "./testing/federation-world.ts";

describe("a session with a portfolio", () => {
  it("reports how commerce weighed each network, to commerce alone", async () => {
    const world = await FederationWorld.create({
      seed: "heads",
      tables: { labels: ["a", "b"] },
      plan: {
        model: {
          ...{ kind: "portfolio", hidden: 2, epochs: 2, batchSize: 64 },
          heads: [
            { rate: 1, decay: 10 },
            { rate: 3, decay: 0 },
          ],
        },
      },
    });
    await world.run();
    const read = (file: string): Promise<string> => readFile(join(world.directory, file), "utf8");
    const { heads, disclosures, models } = resultSchema.parse(
      JSON.parse(await read("commerce/result.json")),
    );
    expect(heads?.map(({ learningRate, weightDecay }) => [learningRate, weightDecay])).toEqual([
      [0.1, 0.01],
      [0.3, 0],
    ]);
    for (const label of [0, 1]) {
      const weights = heads?.map(({ labels }) => labels[label]?.weight ?? Number.NaN) ?? [];
      expect(weights.reduce((sum, weight) => sum + weight, 0)).toBe(1);
    }
    const opened = disclosures.filter(({ what }) => what.includes("scores"));
    expect(opened.map(({ what, to }) => `${what} to ${to}`)).toEqual([
      "validation scores of 2 networks to commerce",
      "test scores to commerce",
    ]);
    // √2 times the deviation on a single network's logit, to three digits.
    expect(opened[0]?.why).toContain("deviation 0.0707");
    expect(opened[1]?.why).toContain("deviation 0.05");
    expect(models.filter(({ kind }) => kind === "portfolio").map(({ who }) => who)).toEqual([
      "federated",
      "commerce",
    ]);
    expect(JSON.parse(await read("media/outcome.json"))).not.toHaveProperty("heads");
  });
});
