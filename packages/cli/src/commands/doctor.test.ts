import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  createIdentity,
  type Identity,
  listen,
  type Listener,
  saveIdentity,
} from "@moongate/transport";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Diagnosis } from "../doctor/diagnosis.ts";
import { runHere } from "../testing/run-here.ts";

let folder = "";
let listener: Listener;
let coordinator: Identity;
let media: Identity;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "moongate-doctor-test-"));
  [coordinator, media] = [
    await createIdentity({ commonName: "coordinator" }),
    await createIdentity({ commonName: "media" }),
  ];
  await saveIdentity(folder, "media", media);
  await writeFile(join(folder, "media.csv"), "id,a\n1,2\n");
  listener = await listen({
    host: "127.0.0.1",
    port: 0,
    identity: coordinator,
    trusted: [media.fingerprint],
    onLink: (link) => void link.ended,
  });
});
afterAll(async () => {
  await listener.close();
  await rm(folder, { recursive: true, force: true });
});

/** Media's configuration, which expects the coordinator to have a fingerprint. */
async function configured(name: string, fingerprint: string): Promise<string> {
  const file = join(folder, name);
  await writeFile(
    file,
    `session = "s"
directory = "run"
[coordinator]
url = "wss://127.0.0.1:${listener.port}"
fingerprint = "${fingerprint}"
[identity]
certificate = "media.cert.pem"
key = "media.key.pem"
[peer]
fingerprint = "${media.fingerprint}"
[data]
file = "media.csv"
id = "id"
`,
  );
  return file;
}

async function doctor(...args: string[]) {
  const { status, out, err } = await runHere(["doctor", "--json", ...args]);
  expect(err).toBe("");
  const { findings } = JSON.parse(out) as { findings: Diagnosis[] };
  return { status, findings, of: (what: string) => findings.find((each) => each.what === what) };
}

describe("moongate doctor", { timeout: 60_000 }, () => {
  it("finds that sessions can run where these tests can", async () => {
    const { status, findings } = await doctor();
    expect(status).toBe(0);
    expect(findings.map(({ what }) => what)).toEqual([
      "Node",
      "disk",
      "memory",
      "clock",
      "file rights",
      "randomness",
      "masked arithmetic",
      "engine",
      "loopback TLS",
    ]);
    expect(findings.filter(({ verdict }) => verdict === "bad")).toEqual([]);
  });

  it("looks at keys, table and coordinator of a configuration", async () => {
    const { status, of } = await doctor(
      "--config",
      await configured("right.toml", coordinator.fingerprint),
    );
    expect(status).toBe(0);
    expect(of("configuration")?.found).toContain("of media");
    expect(of("keys")?.found).toContain(media.fingerprint);
    expect(of("table")?.verdict).toBe("good");
    expect(of("coordinator")?.verdict).toBe("good");
  });

  it("ends with the status of what would end a session, and says the cure", async () => {
    const wrong = await doctor("--config", await configured("wrong.toml", media.fingerprint));
    expect(wrong.status).toBe(77);
    expect(wrong.of("coordinator")).toMatchObject({ verdict: "bad", exitStatus: 77 });
    expect(wrong.of("coordinator")?.cure).not.toBe("");
    const absent = await doctor("--config", join(folder, "absent.toml"));
    expect(absent.status).toBe(66);
    const { out } = await runHere(["doctor", "--config", join(folder, "wrong.toml")]);
    expect(out).toMatch(/✗ coordinator/);
    expect(out).toContain("One thing would end a session.");
  });
});
