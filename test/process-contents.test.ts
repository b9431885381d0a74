import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { ROLES, type RoleName, startFederation } from "./support/federation.ts";
import { freshFolder } from "./support/folder.ts";
import { killLeftovers, ROOT } from "./support/moongate.ts";

const RECORDER = join(ROOT, "test/fixtures/record-modules.mjs");

/** Packages that a process works with: they must be in the record, or it records nothing. */
const OWN: Readonly<Record<RoleName, readonly string[]>> = {
  coordinator: ["coordinator", "mpc", "logging"],
  media: ["media-party", "federation", "data", "defences"],
  commerce: ["commerce-party", "federation", "data", "learning", "defences"],
};

/** Packages whose code a process must not hold. */
const FOREIGN: Readonly<Record<RoleName, readonly string[]>> = {
  coordinator: ["federation", "learning", "data", "media-party", "commerce-party", "lab"],
  media: ["commerce-party", "coordinator", "lab", "lab-report"],
  commerce: ["media-party", "coordinator", "lab", "lab-report"],
};

describe("in a whole session", { timeout: 120_000 }, () => {
  const folder = freshFolder();
  afterEach(killLeftovers);

  it("no process loads code that is not its role's", async () => {
    const record = (role: RoleName): string => join(folder.path, `${role}.modules`);
    const running = await startFederation(folder.path, {
      commerce: { plan: { model: { epochs: 1 } } },
      environment: (role) => ({
        NODE_OPTIONS: `--import "${RECORDER}"`,
        MODULE_RECORD: record(role),
      }),
    });
    for (const role of ROLES) {
      expect(await running[role].ended, role).toMatchObject({ status: 0, stderr: "" });
    }
    for (const role of ROLES) {
      const loaded = packagesIn(readFileSync(record(role), "utf8"));
      expect(loaded, role).toEqual(expect.arrayContaining([...OWN[role]]));
      expect(
        loaded.filter((name) => FOREIGN[role].includes(name)),
        role,
      ).toEqual([]);
    }
  });
});

/** The packages of this repository among the addresses of modules. */
function packagesIn(addresses: string): string[] {
  const found = [...addresses.matchAll(/\/packages\/([^/]+)\/dist\//g)];
  return [...new Set(found.map(([, name = ""]) => name))];
}
