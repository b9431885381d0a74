import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Coordinator, type SessionEnd, startCoordinator } from "@moongate/coordinator";
import { asMoongateError } from "@moongate/errors";
import { makePlan } from "@moongate/messages";
import { createIdentity, type Identity } from "@moongate/transport";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { acceptSchema } from "./accept.ts";
import type { PartyOutcome } from "./options.ts";
import { runParty } from "./run-party.ts";
import { testTables } from "./testing/tables.ts";

/** The same session over real sockets: WebSocket on TLS, and TLS inside. */
describe("over the network", () => {
  let folder: string;
  let identity: Record<"media" | "commerce" | "coordinator" | "stranger", Identity>;
  let coordinator: Coordinator | undefined;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "moongate-network-"));
    const make = (commonName: string): Promise<Identity> => createIdentity({ commonName });
    const [media, commerce, third, stranger] = (await Promise.all(
      ["media", "commerce", "coordinator", "stranger"].map(make),
    )) as [Identity, Identity, Identity, Identity];
    identity = { media, commerce, coordinator: third, stranger };
  });
  afterEach(async () => coordinator?.close());
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const start = async (
    options: { sessions?: number; directory?: string } = {},
  ): Promise<Coordinator> => {
    coordinator = await startCoordinator({
      host: "127.0.0.1",
      port: 0,
      identity: identity.coordinator,
      trusted: [{ media: identity.media.fingerprint, commerce: identity.commerce.fingerprint }],
      ...options,
    });
    return coordinator;
  };
  const tables = testTables({ seed: "network" });
  const party = (
    role: "media" | "commerce",
    name: string,
    options: { own?: Identity; label?: string; connectMs?: number } = {},
  ): Promise<PartyOutcome> => {
    const common = {
      session: "network",
      coordinator: {
        url: `wss://127.0.0.1:${coordinator?.port ?? 0}`,
        fingerprint: identity.coordinator.fingerprint,
      },
      identity: options.own ?? identity[role],
      peer: { fingerprint: identity[role === "media" ? "commerce" : "media"].fingerprint },
      directory: join(folder, name, role),
      timeouts: { connectMs: options.connectMs ?? 10_000 },
    };
    const plan = makePlan("network", [options.label ?? "bought"], {
      model: { kind: "logistic", epochs: 1 },
    });
    return role === "media"
      ? runParty({ ...common, role, data: tables.media, accept: acceptSchema.parse({}) })
      : runParty({ ...common, role, data: tables.commerce, plan });
  };

  it("a session runs, and the coordinator ends after it, leaving a summary of counts", async () => {
    const directory = join(folder, "summaries");
    const { ended } = await start({ sessions: 1, directory });
    const [media, commerce] = await Promise.all([
      party("media", "well"),
      party("commerce", "well"),
    ]);
    await ended;
    expect(commerce.result?.rows.aligned).toBe(300);
    expect(media.rows).toEqual(commerce.rows);
    expect(await readdir(directory)).toEqual(["network.1.seen.json"]);
    const text = await readFile(join(directory, "network.1.seen.json"), "utf8");
    const summary = JSON.parse(text) as Pick<SessionEnd, "session" | "seen"> & { outcome: string };
    expect(summary).toMatchObject({ session: "network", incarnation: 1, outcome: "completed" });
    expect(summary.seen.map((row) => row.kind)).toContain("relay");
    for (const id of tables.media.ids) expect(text).not.toContain(id);
  });

  it("a failed session is the coordinator's own failure when it was its only one", async () => {
    const { ended } = await start({ sessions: 1 });
    const running = Promise.allSettled([
      party("media", "failed"),
      party("commerce", "failed", { label: "absent" }),
    ]);
    await expect(ended).rejects.toMatchObject({ code: "PEER_ABORTED" });
    const codes = (await running).map((each) =>
      each.status === "rejected" ? asMoongateError(each.reason).code : "well",
    );
    expect(codes).toEqual(["PEER_ABORTED", "LABEL_MISSING"]);
  });

  it("a certificate that nobody pinned is turned away, and waits for nothing", async () => {
    await start();
    await expect(party("media", "stranger", { own: identity.stranger })).rejects.toMatchObject({
      code: "PEER_UNTRUSTED",
    });
  });

  it("a folder that has something in it is not written to", async () => {
    await start();
    const running = party("media", "well");
    await expect(running).rejects.toMatchObject({ code: "FILE_EXISTS" });
  });

  it("a coordinator that is not there is said to be so", async () => {
    await start();
    await coordinator?.close();
    const running = party("media", "absent", { connectMs: 100 });
    await expect(running).rejects.toMatchObject({ code: "CONNECT_FAILED" });
  });
});
