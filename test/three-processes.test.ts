import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { resultSchema } from "@moongate/results";
import { afterEach, describe, expect, it } from "vitest";
import {
  ROLES,
  type RoleName,
  type Setup,
  startFederation,
  training,
} from "./support/federation.ts";
import { freshFolder } from "./support/folder.ts";
import { type Ended, killLeftovers, type Running } from "./support/moongate.ts";

const TIMEOUT_MS = 120_000;

/** Long enough that a test can interfere: it never gets to the end. */
const endless: Setup = { commerce: { plan: { model: { epochs: 1000, batchSize: 8 } } } };

/** A silent line counts as lost after two seconds. */
const impatient = { timeouts: { heartbeatMs: 250, deadAfterMs: 2000 } };

async function allEnded(running: Record<RoleName, Running>): Promise<Record<RoleName, Ended>> {
  const ended = await Promise.all(
    ROLES.map(async (role) => [role, await running[role].ended] as const),
  );
  return Object.fromEntries(ended) as Record<RoleName, Ended>;
}

describe("three processes with configuration files of their own", { timeout: TIMEOUT_MS }, () => {
  const folder = freshFolder();
  afterEach(killLeftovers);

  it("train together and leave their files for their owners alone", async () => {
    const running = await startFederation(folder.path);
    const ended = await allEnded(running);
    for (const role of ROLES) expect(ended[role]).toMatchObject({ status: 0, stderr: "" });

    const runs = join(folder.path, "runs");
    const file = join(runs, "commerce", "result.json");
    const result = resultSchema.parse(JSON.parse(readFileSync(file, "utf8")));
    expect(result.rows.aligned).toBeGreaterThan(1000);
    expect(result.rows.train + result.rows.validation + result.rows.test).toBe(result.rows.aligned);
    expect(Object.keys(result.auc)).toEqual(result.labels);
    for (const path of ["commerce/result.json", "commerce/scores.csv", "media/ledger.json"]) {
      expect(statSync(join(runs, path)).mode & 0o777, path).toBe(0o600);
    }
  });

  it.each(ROLES)("end with a typed error naming %s when it is killed", async (victim) => {
    const running = await startFederation(folder.path, endless);
    await training(running);
    running[victim].child.kill("SIGKILL");
    const ended = await allEnded(running);
    expect(ended[victim].signal).toBe("SIGKILL");
    for (const role of ROLES.filter((each) => each !== victim)) {
      expect(ended[role].status, role).toBe(69);
      expect(ended[role].stderr, role).toMatch(
        new RegExp(`^error PEER_(LOST|ABORTED): .*${victim}.*\ncure: .+\n$`),
      );
    }
  });

  it.each(ROLES)("end with a typed error naming %s when it freezes", async (victim) => {
    const setup: Setup = {
      coordinator: impatient,
      media: impatient,
      commerce: { ...impatient, ...endless.commerce },
    };
    const running = await startFederation(folder.path, setup);
    await training(running);
    running[victim].child.kill("SIGSTOP");
    const others = ROLES.filter((each) => each !== victim);
    const ended = await Promise.all(others.map(async (role) => running[role].ended));
    for (const each of ended) {
      expect([69, 75]).toContain(each.status);
      expect(each.stderr).toMatch(
        new RegExp(`^error PEER_(LOST|ABORTED|TIMEOUT): .*${victim}.*\ncure: .+\n$`),
      );
    }
  });

  it.each(["SIGINT", "SIGTERM"] as const)("all end when one is stopped by %s", async (signal) => {
    const running = await startFederation(folder.path, endless);
    await training(running);
    running.media.child.kill(signal);
    const ended = await allEnded(running);
    expect(ended.media.status).toBe(130);
    expect(ended.media.stderr).toMatch(/^error INTERRUPTED: /);
    for (const role of ["coordinator", "commerce"] as const) {
      expect(ended[role].status, role).toBe(69);
      expect(ended[role].stderr, role).toMatch(/^error PEER_ABORTED: media .*INTERRUPTED/);
    }
  });
});
