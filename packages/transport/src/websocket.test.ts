import { connect as connectTcp } from "node:net";
import { once } from "node:events";
import { connect as connectTls } from "node:tls";
import { MoongateError } from "@moongate/errors";
import { afterEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { type DialOptions, dial } from "./dial.ts";
import type { Identity } from "./identity.ts";
import type { Link } from "./link.ts";
import { type Listener, type ListenOptions, listen } from "./listen.ts";
import { pattern } from "./testing/compliance.ts";
import { createIdentities, webSocketStar } from "./testing/pairs.ts";
import { tlsOptions } from "./tls.ts";
import { WebSocketLink } from "./websocket-link.ts";

const ids = await createIdentities();
const stops: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

interface Open {
  readonly listener: Listener;
  readonly refusals: MoongateError[];
  readonly links: Link[];
}

async function open(options: Partial<ListenOptions> = {}): Promise<Open> {
  const refusals: MoongateError[] = [];
  const links: Link[] = [];
  const listener = await listen({
    host: "127.0.0.1",
    port: 0,
    identity: ids.coordinator,
    trusted: [ids.media.fingerprint],
    onLink: (link) => links.push(link),
    onRefused: (error) => refusals.push(error),
    ...options,
  });
  stops.push(() => listener.close());
  return { listener, refusals, links };
}

function call(port: number, options: Partial<DialOptions> = {}): Promise<WebSocketLink> {
  return dial({
    url: `wss://127.0.0.1:${port}`,
    identity: ids.media,
    pinned: ids.coordinator.fingerprint,
    peer: "coordinator",
    ...options,
  });
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** A WebSocket client of ws itself, with a certificate that is trusted. */
async function rawClient(port: number, identity: Identity): Promise<WebSocket> {
  const socket = new WebSocket(`wss://127.0.0.1:${port}`, tlsOptions(identity));
  await once(socket, "open");
  return socket;
}

describe("trust", () => {
  it("gives links the names that belong to the fingerprints", async () => {
    const names = new Map([[ids.media.fingerprint.toUpperCase(), "media"]]);
    const seen: string[] = [];
    const { listener, links } = await open({
      trusted: names,
      onLink: (link, fingerprint) => seen.push(link.peer, fingerprint),
    });
    const link = await call(listener.port);
    expect(link.peer).toBe("coordinator");
    expect(seen).toEqual(["media", ids.media.fingerprint]);
    expect(links).toEqual([]);
  });

  it("a listener that is not the pinned one gets no byte, and both ends say PEER_UNTRUSTED", async () => {
    const { listener, refusals, links } = await open();
    const pinned = ids.commerce.fingerprint;
    await expect(call(listener.port, { pinned })).rejects.toMatchObject({
      code: "PEER_UNTRUSTED",
      details: { expected: pinned, found: ids.coordinator.fingerprint },
    });
    await until(() => refusals.length > 0);
    expect(refusals).toMatchObject([{ code: "PEER_UNTRUSTED" }]);
    expect(links).toEqual([]);
  });

  it("a dialler that is not trusted is turned away, and both ends say PEER_UNTRUSTED", async () => {
    const { listener, refusals, links } = await open();
    await expect(call(listener.port, { identity: ids.commerce })).rejects.toMatchObject({
      code: "PEER_UNTRUSTED",
    });
    expect(refusals).toMatchObject([
      { code: "PEER_UNTRUSTED", details: { fingerprint: ids.commerce.fingerprint } },
    ]);
    expect(links).toEqual([]);
  });

  it("nobody without a certificate gets past TLS", async () => {
    const { listener, refusals, links } = await open();
    const anonymous = new WebSocket(`wss://127.0.0.1:${listener.port}`, {
      rejectUnauthorized: false,
    });
    const [error] = (await once(anonymous, "error")) as [Error];
    expect(error.message).toContain("403");
    expect(refusals).toMatchObject([
      { code: "PEER_UNTRUSTED", details: { fingerprint: undefined } },
    ]);
    expect(links).toEqual([]);
  });

  it("a plain WebSocket client is refused", async () => {
    const { listener, refusals } = await open();
    const plain = new WebSocket(`ws://127.0.0.1:${listener.port}`);
    await once(plain, "error");
    await until(() => refusals.length > 0);
    expect(refusals[0]?.code).toBe("PEER_UNTRUSTED");
  });

  it("a TLS 1.2 client is refused although its certificate is trusted", async () => {
    const { listener, refusals, links } = await open();
    const { cert, key } = tlsOptions(ids.media);
    const socket = connectTls({
      port: listener.port,
      host: "127.0.0.1",
      rejectUnauthorized: false,
      maxVersion: "TLSv1.2",
      ...(cert === undefined ? {} : { cert }),
      ...(key === undefined ? {} : { key }),
    });
    const [error] = (await once(socket, "error")) as [Error & { code?: string }];
    expect(error.code).toBe("ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION");
    await until(() => refusals.length > 0);
    expect(links).toEqual([]);
  });

  it("a trusted client that asks for a page and not for a link is told to upgrade", async () => {
    const { listener } = await open();
    const socket = connectTls({ port: listener.port, host: "127.0.0.1", ...tlsOptions(ids.media) });
    await once(socket, "secureConnect");
    socket.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    const [answer] = (await once(socket, "data")) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 426 /);
    socket.destroy();
  });
});

describe("connecting", () => {
  it("waits for a listener that starts later", async () => {
    const probe = await listen({ ...(await freePort()), onLink: () => undefined });
    const { port } = probe;
    await probe.close();
    const dialling = call(port, { retryMs: 20 });
    await new Promise((resolve) => setTimeout(resolve, 60));
    await open({ port });
    expect((await dialling).peer).toBe("coordinator");
  });

  it("gives up with CONNECT_FAILED", async () => {
    const probe = await listen({ ...(await freePort()), onLink: () => undefined });
    await probe.close();
    await expect(call(probe.port, { timeoutMs: 60, retryMs: 20 })).rejects.toMatchObject({
      code: "CONNECT_FAILED",
      details: { reason: "ECONNREFUSED" },
    });
  });

  it("gives up on something that accepts and never answers", async () => {
    const { createServer } = await import("node:net");
    const silent = createServer(() => undefined).listen(0, "127.0.0.1");
    await once(silent, "listening");
    const { port } = silent.address() as { port: number };
    await expect(call(port, { timeoutMs: 80, retryMs: 20 })).rejects.toMatchObject({
      code: "CONNECT_FAILED",
    });
    silent.close();
  });

  it.each(["ws://127.0.0.1:1", "127.0.0.1:80", "", "http://x"])(
    "refuses the address %j",
    async (url) => {
      await expect(call(1, { url })).rejects.toMatchObject({ code: "CONNECT_FAILED" });
    },
  );

  it("says LISTEN_FAILED when the port is taken", async () => {
    const { listener } = await open();
    await expect(open({ port: listener.port })).rejects.toMatchObject({
      code: "LISTEN_FAILED",
      message: expect.stringContaining("the port is taken") as string,
    });
  });

  it("says LISTEN_FAILED, and that the address is none of this machine", async () => {
    await expect(open({ host: "192.0.2.1", port: 0 })).rejects.toMatchObject({
      code: "LISTEN_FAILED",
      message: expect.stringContaining("192.0.2.1 is no address of this machine") as string,
      cure: "Use an address of this machine, or 0.0.0.0 for all of them.",
    });
  });

  it("closing the listener ends its links in order", async () => {
    const star = await webSocketStar(ids);
    await star.toMedia.send("last", pattern(1000, 1));
    await star.listener.close();
    expect(await star.media.ended).toBeUndefined();
    expect(await star.commerce.ended).toBeUndefined();
    expect(await star.media.receive("last")).toHaveLength(1000);
  });

  it("a handler of new links that throws ends that link only", async () => {
    const { listener } = await open({
      onLink: () => {
        throw new MoongateError("SESSION_REFUSED", "not today");
      },
    });
    const link = await call(listener.port);
    expect(await link.ended).toMatchObject({
      code: "PEER_ABORTED",
      details: { code: "SESSION_REFUSED" },
    });
  });
});

describe("peers that misbehave", () => {
  it.each([
    ["a text message", "hello", "type"],
    ["an empty message", Buffer.alloc(0), "length"],
    ["garbage", Buffer.from("GARBAGE GARBAGE"), "version"],
    ["a bad kind", Buffer.from([1, 0x41, 0, 0, 0, 0, 0, 0, 5]), "kind"],
    ["a bad padding", Buffer.from([1, 0x61, 0, 0x62, 0, 0, 0, 0, 5]), "padding"],
    ["a control kind", Buffer.from([1, 0x2d, 0x61, 0, 0, 0, 0, 0]), "kind"],
  ])("%s ends the link with FRAME_INVALID naming the field", async (_name, message, field) => {
    const { listener, links } = await open();
    const client = await rawClient(listener.port, ids.media);
    client.send(message);
    const [code] = (await once(client, "close")) as [number];
    expect(code).toBe(4000);
    expect(await links[0]?.ended).toMatchObject({ code: "FRAME_INVALID", details: { field } });
  });

  it("a message above the limit ends the link with FRAME_TOO_LARGE at both ends", async () => {
    const { listener, links } = await open({ limits: { maxFrameBytes: 1000 } });
    const link = await call(listener.port);
    void link.send("data", new Uint8Array(1001));
    expect(await links[0]?.ended).toMatchObject({ code: "FRAME_TOO_LARGE" });
    expect(await link.ended).toMatchObject({ code: "FRAME_TOO_LARGE" });
  });

  it("too much that nobody receives ends the link", async () => {
    const { listener, links } = await open({ limits: { maxQueuedBytes: 10_000 } });
    const link = await call(listener.port);
    for (let n = 0; n < 11; n++) void link.send("data", new Uint8Array(1000));
    expect(await links[0]?.ended).toMatchObject({
      code: "FRAME_TOO_LARGE",
      details: { kind: "data" },
    });
  });

  it("a connection that breaks off is PEER_LOST", async () => {
    const { listener, links } = await open();
    const client = await rawClient(listener.port, ids.media);
    client.terminate();
    expect(await links[0]?.ended).toMatchObject({ code: "PEER_LOST" });
  });

  it("a peer that stops answering is PEER_LOST, although its connection stands", async () => {
    const heartbeat = { heartbeatMs: 20, deadAfterMs: 100 };
    const { listener, links } = await open({ heartbeat });
    const frozen = new WebSocket(`wss://127.0.0.1:${listener.port}`, {
      ...tlsOptions(ids.media),
      autoPong: false,
    });
    await once(frozen, "open");
    expect(await links[0]?.ended).toMatchObject({
      code: "PEER_LOST",
      message: expect.stringContaining("silent") as string,
    });
  });

  it("heartbeats keep an idle link alive", async () => {
    const heartbeat = { heartbeatMs: 20, deadAfterMs: 60 };
    const star = await webSocketStar(ids, { heartbeat });
    stops.push(() => star.listener.close());
    await new Promise((resolve) => setTimeout(resolve, 300));
    await star.media.send("still", pattern(1, 1));
    expect(await star.toMedia.receive("still")).toHaveLength(1);
  });

  it("an abort reason that is none of our codes is not repeated", async () => {
    const { listener, links } = await open();
    const client = await rawClient(listener.port, ids.media);
    client.close(4000, "rm -rf");
    const reason = await links[0]?.ended;
    expect(reason).toMatchObject({ code: "PEER_ABORTED", details: { code: "without a reason" } });
    expect(JSON.stringify(reason)).not.toContain("rm");
  });

  it("someone who connects and says nothing does not keep the listener from closing", async () => {
    const { listener } = await open();
    const mute = connectTcp(listener.port, "127.0.0.1");
    await once(mute, "connect");
    await listener.close();
    await once(mute, "close");
    expect(mute.destroyed).toBe(true);
  });
});

it("reads the real bytes of the wire, which are a little more than the payload", async () => {
  const star = await webSocketStar(ids);
  stops.push(() => star.listener.close());
  const before = star.media.wireBytes();
  await star.media.send("data", new Uint8Array(1_000_000));
  await star.toMedia.receive("data");
  if (!(star.toMedia instanceof WebSocketLink)) throw new Error("not a WebSocket link");
  const sent = star.media.wireBytes().sent - before.sent;
  expect(sent).toBeGreaterThan(1_000_000);
  expect(sent).toBeLessThan(1_005_000);
  expect(star.toMedia.wireBytes().received).toBe(star.media.wireBytes().sent);
});

/** Options of a listener on any free port that nobody is meant to reach. */
function freePort(): Promise<Omit<ListenOptions, "onLink">> {
  return Promise.resolve({ host: "127.0.0.1", port: 0, identity: ids.coordinator, trusted: [] });
}
