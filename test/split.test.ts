import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { resultSchema } from "@moongate/results";
import { named, openView } from "@moongate/views";
import { afterEach, describe, expect, it } from "vitest";
import { ROLES, type RoleName, type Setup, startFederation } from "./support/federation.ts";
import { freshFolder } from "./support/folder.ts";
import { type Ended, killLeftovers } from "./support/moongate.ts";

const MODEL = { kind: "sine", hidden: 8, epochs: 2, batchSize: 128 };
const DEFENCE = { gradient: { kind: "marvell", s: 4 } };

const split: Setup = {
  coordinator: { record: true },
  media: { record: true, accept: { protocols: ["split"] }, data: { local: "raw" } },
  commerce: {
    record: true,
    data: { local: "raw" },
    plan: { protocol: "split", model: MODEL, defence: DEFENCE },
  },
};

describe("three processes in a split session", { timeout: 120_000 }, () => {
  const folder = freshFolder();
  afterEach(killLeftovers);
  const at = (...path: string[]): string => join(folder.path, "runs", ...path);

  async function run(setup: Setup): Promise<Record<RoleName, Ended>> {
    const running = await startFederation(folder.path, setup);
    const ended = await Promise.all(
      ROLES.map(async (role) => [role, await running[role].ended] as const),
    );
    return Object.fromEntries(ended) as Record<RoleName, Ended>;
  }

  it("train defended, tell what they showed, and leave views where they were asked to", async () => {
    const ended = await run(split);
    for (const role of ROLES) expect(ended[role]).toMatchObject({ status: 0, stderr: "" });

    const result = resultSchema.parse(
      JSON.parse(readFileSync(at("commerce", "result.json"), "utf8")),
    );
    expect(result).toMatchObject({ protocol: "split", defence: DEFENCE });
    const { train } = result.rows;
    const gradients = result.disclosures.filter((line) => line.what.startsWith("gradients"));
    expect(gradients).toMatchObject([{ to: "media", shape: `${2 * train}×8` }]);
    expect(result.traffic.links.some((line) => line.kind === "deal")).toBe(false);

    const steps = result.traffic.steps;
    const media = openView(at("media", "view"));
    expect(named(media, "cut-gradient").length).toBe(steps);
    const commerce = openView(at("commerce", "view"));
    expect(named(commerce, "embedding").filter(({ step }) => step !== null).length).toBe(steps);
    expect(named(commerce, "scores").length).toBe(1);
    const [session] = [...new Set([media.header.plan.session, commerce.header.plan.session])];
    const coordinator = openView(at("coordinator", `${session}.1.view`));
    expect(coordinator.tensors.every(({ source }) => source === "received")).toBe(true);
    for (const view of [media, commerce, coordinator]) view.close();
    expect(statSync(at("media", "view")).mode & 0o777).toBe(0o700);
    expect(statSync(at("media", "noise.key")).mode & 0o777).toBe(0o600);
  });

  it("do not begin while media agrees to masked sessions alone", async () => {
    const ended = await run({ ...split, media: {} });
    expect(ended.media.stderr).toMatch(
      /^error SESSION_REFUSED: media does not agree to protocol split\ncure: .+\n$/,
    );
    for (const role of ROLES) expect(ended[role].status, role).not.toBe(0);
    expect(existsSync(at("media", "view"))).toBe(false);
  });
});
