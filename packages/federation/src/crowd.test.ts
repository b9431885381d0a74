/** A crowd at the coordinator's door, and peers that mean harm behind it: a trusted pair trains. */
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { connect as connectTcp, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect as connectTls } from "node:tls";
import { startCoordinator } from "@moongate/coordinator";
import { encodeControl, makePlan, PROTOCOL_VERSION } from "@moongate/messages";
import { createIdentity, dial, type Identity, type Link } from "@moongate/transport";
import { afterEach, expect, it } from "vitest";
import { acceptSchema } from "./accept.ts";
import type { PartyEvent } from "./events.ts";
import { runParty } from "./run-party.ts";
import { testTables } from "./testing/tables.ts";

const STRANGERS = 500;
const HOSTILE_PAIRS = 10;
const LINKS_EACH = 6;

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

const identityOf = (commonName: string): Promise<Identity> => createIdentity({ commonName });

/** An idle connection, or half a TLS handshake: whichever comes next. */
async function stranger(port: number, at: number): Promise<void> {
  const socket = connectTcp(port, "127.0.0.1");
  hold(socket);
  await once(socket, "connect");
  if (at % 2 === 1) socket.write(Uint8Array.of(0x16, 3, 1, 2, 0, 1, 0, 1));
}

function hold(socket: Socket): void {
  socket.on("error", () => undefined);
  socket.resume();
  stops.push(() => socket.destroy());
}

it("500 strangers and 20 hostile pinned clients keep no trusted pair from joining and training", async () => {
  const folder = await mkdtemp(join(tmpdir(), "moongate-crowd-"));
  stops.push(() => rm(folder, { recursive: true, force: true }));
  const [media, commerce, third] = (await Promise.all(
    ["media", "commerce", "coordinator"].map(identityOf),
  )) as [Identity, Identity, Identity];
  const hostile = await Promise.all(
    Array.from({ length: HOSTILE_PAIRS }, async (_, at) => ({
      media: await identityOf(`media ${at}`),
      commerce: await identityOf(`commerce ${at}`),
    })),
  );
  const pairs = [{ media, commerce }, ...hostile].map((pair) => ({
    media: pair.media.fingerprint,
    commerce: pair.commerce.fingerprint,
  }));
  const coordinator = await startCoordinator({
    host: "127.0.0.1",
    port: 0,
    identity: third,
    trusted: pairs,
  });
  stops.push(() => coordinator.close());
  const { port } = coordinator;

  await Promise.all(Array.from({ length: STRANGERS }, (_, at) => stranger(port, at)));
  const harm = async (role: "media" | "commerce", own: Identity, peer: string): Promise<void> => {
    const half = connectTls({
      host: "127.0.0.1",
      port,
      cert: own.certificatePem,
      key: own.privateKeyPem,
      rejectUnauthorized: false,
    });
    hold(half);
    await once(half, "secureConnect");
    half.write("GET / HTTP/1.1\r\nHost: x\r\n");
    for (let at = 0; at < LINKS_EACH; at++) {
      const link: Link = await dial({
        url: `wss://127.0.0.1:${port}`,
        identity: own,
        pinned: third.fingerprint,
        peer: "coordinator",
      });
      stops.push(() => link.close());
      const { fingerprint } = own;
      const session = at === 0 ? "ours" : `waiting ${at}`.replace(" ", "-");
      const version = PROTOCOL_VERSION;
      if (at < 3) {
        const message = { type: "join", version, session, role, fingerprint, peer } as const;
        await link.send("control", encodeControl(message));
      } else if (at === 3) {
        for (let n = 0; n < 200; n++) await link.send("psitag", new Uint8Array(30_000));
      } else if (at === 4) for (let n = 0; n < 500; n++) await link.send("relay");
    }
  };
  await Promise.allSettled(
    hostile.flatMap((pair) => [
      harm("media", pair.media, pair.commerce.fingerprint),
      harm("commerce", pair.commerce, pair.media.fingerprint),
    ]),
  );

  const tables = testTables({ seed: "crowd" });
  let seconds = 0;
  const common = {
    session: "ours",
    coordinator: { url: `wss://127.0.0.1:${port}`, fingerprint: third.fingerprint },
  };
  const [other, own] = await Promise.all([
    runParty({
      ...common,
      role: "media",
      identity: media,
      peer: { fingerprint: commerce.fingerprint },
      directory: join(folder, "media"),
      data: tables.media,
      accept: acceptSchema.parse({}),
    }),
    runParty({
      ...common,
      role: "commerce",
      observer: (event: PartyEvent) => {
        const isEntering =
          event.event === "phase-ended" && ["connect", "join"].includes(event.phase);
        if (isEntering) seconds = Math.max(seconds, event.seconds);
      },
      identity: commerce,
      peer: { fingerprint: media.fingerprint },
      directory: join(folder, "commerce"),
      data: tables.commerce,
      plan: makePlan("ours", ["bought"], { model: { kind: "logistic", epochs: 2 } }),
    }),
  ]);
  expect(own.result?.rows.aligned).toBe(300);
  expect(other.rows).toEqual(own.rows);
  // Printed, not asserted: how long the pair took to be in, with the crowd connected.
  process.stdout.write(`commerce's connecting or joining took ${seconds.toFixed(2)} s at most\n`);
});
