/** Sockets that are up to no good, against a listener on a real port. */
import { once } from "node:events";
import { connect as connectTcp, type Socket } from "node:net";
import { connect as connectTls, type TLSSocket } from "node:tls";
import type { MoongateError } from "@moongate/errors";
import { afterEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { dial } from "./dial.ts";
import { createIdentity, type Identity } from "./identity.ts";
import type { Link } from "./link.ts";
import { type Listener, type ListenOptions, listen } from "./listen.ts";
import { createIdentities } from "./testing/pairs.ts";
import { tlsOptions } from "./tls.ts";
import type { WebSocketLink } from "./websocket-link.ts";

const ids = await createIdentities();
const DAY = 24 * 3600 * 1000;
const stops: (() => unknown)[] = [];

afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

interface Open {
  readonly listener: Listener;
  readonly links: Link[];
  readonly refusals: MoongateError[];
}

async function open(options: Partial<ListenOptions> = {}): Promise<Open> {
  const links: Link[] = [];
  const refusals: MoongateError[] = [];
  const listener = await listen({
    host: "127.0.0.1",
    port: 0,
    identity: ids.coordinator,
    trusted: [ids.media.fingerprint, ids.commerce.fingerprint],
    onLink: (link) => links.push(link),
    onRefused: (error) => refusals.push(error),
    ...options,
  });
  stops.push(() => listener.close());
  return { listener, links, refusals };
}

const call = (
  { port }: Listener,
  identity: Identity = ids.media,
  timeoutMs = 5000,
): Promise<WebSocketLink> =>
  dial({
    url: `wss://127.0.0.1:${port}`,
    identity,
    pinned: ids.coordinator.fingerprint,
    peer: "coordinator",
    timeoutMs,
    retryMs: 20,
  });

async function tcp({ port }: Listener): Promise<Socket> {
  const socket = connectTcp(port, "127.0.0.1");
  socket.on("error", () => undefined);
  stops.push(() => socket.destroy());
  await once(socket, "connect");
  return socket.resume();
}

async function tls({ port }: Listener, identity: Identity): Promise<TLSSocket> {
  const socket = connectTls({ ...tlsOptions(identity), host: "127.0.0.1", port, servername: "" });
  socket.on("error", () => undefined);
  stops.push(() => socket.destroy());
  await once(socket, "secureConnect");
  return socket.resume();
}

/** The first bytes of a TLS handshake, and no more. */
const HALF_HELLO = Uint8Array.of(0x16, 3, 1, 0x02, 0x00, 1, 0, 1);
const stranger = await createIdentity({ commonName: "stranger" });

const SILENT: [string, (listener: Listener) => Promise<Socket>][] = [
  ["says nothing", tcp],
  [
    "sends half a TLS handshake",
    async (listener) => {
      const socket = await tcp(listener);
      socket.write(HALF_HELLO);
      return socket;
    },
  ],
  ["is unknown, shakes hands and says nothing", (listener) => tls(listener, stranger)],
  ["is pinned, shakes hands and says nothing", (listener) => tls(listener, ids.media)],
  [
    "is pinned and sends half a request",
    async (listener) => {
      const socket = await tls(listener, ids.media);
      socket.write("GET / HTTP/1.1\r\nHost: x\r\n");
      return socket;
    },
  ],
  [
    "is pinned and announces a body that never comes",
    async (listener) => {
      const socket = await tls(listener, ids.media);
      socket.write("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n");
      return socket;
    },
  ],
  [
    "is pinned and sends a header at a time, for ever",
    async (listener) => {
      const socket = await tls(listener, ids.media);
      socket.write("GET / HTTP/1.1\r\n");
      const timer = setInterval(() => socket.write("x: y\r\n"), 10);
      stops.push(() => {
        clearInterval(timer);
      });
      return socket;
    },
  ],
  [
    "is pinned and asks to upgrade to something else",
    async (listener) => {
      const socket = await tls(listener, ids.media);
      socket.write("GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n");
      return socket;
    },
  ],
];

describe("a connection that becomes no link", () => {
  it.each(SILENT)("is cut: it %s", async (_, connect) => {
    const { listener, links } = await open({ crowd: { handshakeMs: 150 } });
    const socket = await connect(listener);
    if (!socket.destroyed) await once(socket, "close");
    expect(links).toEqual([]);
  });

  it.each(SILENT.filter(([name]) => /nothing$|half/.test(name) && !/unknown/.test(name)))(
    "stays as long as it may (the control): it %s",
    async (_, connect) => {
      const { listener } = await open({ crowd: { handshakeMs: 3_600_000 } });
      const socket = await connect(listener);
      await new Promise((resolve) => setTimeout(resolve, 400));
      expect(socket.destroyed).toBe(false);
    },
  );
});

describe("a crowd of strangers", () => {
  it("does not keep a trusted party out, nor one that is connected from its work", async () => {
    const { listener, links } = await open({ crowd: { connections: 40, handshakeMs: 3_600_000 } });
    const first = await call(listener, ids.commerce);
    for (let n = 0; n < 30; n++) {
      const [, connect] = SILENT[n % 5] ?? [];
      await connect?.(listener);
      await tcp(listener);
    }
    const second = await call(listener);
    await first.send("first", new Uint8Array(1));
    await second.send("second", new Uint8Array(2));
    const [toFirst, toSecond] = links;
    expect(await toFirst?.receive("first", { timeoutMs: 5000 })).toHaveLength(1);
    expect(await toSecond?.receive("second", { timeoutMs: 5000 })).toHaveLength(2);
  });

  it("of one peer's connections is refused by its code, and waits for a place until then", async () => {
    const { listener, refusals } = await open({ crowd: { connectionsPerPeer: 2 } });
    const first = await call(listener);
    await call(listener);
    await expect(call(listener, ids.media, 1000)).rejects.toMatchObject({
      code: "COORDINATOR_BUSY",
      exitStatus: 75,
    });
    expect(refusals.map(({ code }) => code)).toContain("COORDINATOR_BUSY");
    expect((await call(listener, ids.commerce)).peer).toBe("coordinator");
    const waiting = call(listener);
    await first.close();
    expect((await waiting).peer).toBe("coordinator");
  });
});

describe("a peer that floods", () => {
  const client = async ({ port }: Listener): Promise<WebSocket> => {
    const socket = new WebSocket(`wss://127.0.0.1:${port}`, tlsOptions(ids.media));
    socket.on("error", () => undefined);
    stops.push(() => {
      socket.terminate();
    });
    await once(socket, "open");
    return socket;
  };
  const header = Buffer.from([1, 0x78, 0, 0, 0, 0, 0, 0]); // kind x

  it("with empty frames is cut by their number", async () => {
    const { listener, links } = await open({ limits: { maxQueuedFrames: 100 } });
    const socket = await client(listener);
    for (let n = 0; n < 101; n++) socket.send(header);
    expect(await links[0]?.ended).toMatchObject({ code: "FRAME_TOO_LARGE" });
  });

  it("with one large frame is cut before that is whole, where little is allowed", async () => {
    const small = 64 * 1024;
    const { listener, links } = await open({
      onLink: (link) => {
        link.limit({ maxFrameBytes: small });
        links.push(link);
      },
    });
    const socket = await tls(listener, ids.media);
    socket.write(
      "GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" +
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n",
    );
    await expect.poll(() => links.length).toBe(1);
    // A frame of 32 MiB, of which 3 MiB come.
    const frame = Buffer.alloc(14);
    frame[0] = 0x82;
    frame[1] = 0x80 | 127;
    frame.writeUInt32BE(32 * 2 ** 20, 6);
    socket.write(frame);
    socket.write(Buffer.alloc(3 * 2 ** 20));
    expect(await links[0]?.ended).toMatchObject({ code: "FRAME_TOO_LARGE" });
  });

  it("with frames that are allowed is not cut, however many of them there are", async () => {
    const { listener, links } = await open({
      onLink: (link) => {
        link.limit({ maxFrameBytes: 64 * 1024 });
        links.push(link);
      },
    });
    const socket = await client(listener);
    let bytes = 0;
    links[0]?.subscribe("x", (payload) => (bytes += payload.length));
    const frame = Buffer.concat([header, Buffer.alloc(60_000)]);
    for (let n = 0; n < 100; n++) socket.send(frame);
    await expect.poll(() => bytes).toBe(6_000_000);
  });

  it("with pings is cut", async () => {
    const { listener, links } = await open();
    const socket = await client(listener);
    for (let n = 0; n < 65; n++) socket.ping();
    expect(await links[0]?.ended).toMatchObject({
      code: "FRAME_INVALID",
      details: { field: "ping" },
    });
  });

  it("with fragments is cut", async () => {
    const { listener, links } = await open();
    const socket = await client(listener);
    for (let n = 0; n < 70; n++) socket.send(header.subarray(0, 1), { fin: false });
    expect(await links[0]?.ended).toMatchObject({ code: "FRAME_INVALID" });
  });
});

describe("a certificate's dates", () => {
  const valid = (from: number, to: number): Promise<Identity> =>
    createIdentity({
      commonName: "media",
      valid: { from: new Date(Date.now() + from * DAY), to: new Date(Date.now() + to * DAY) },
    });

  it.each([
    ["expired two days ago", -30, -2, false],
    ["expired an hour ago", -30, -1 / 24, true],
    ["is valid from in an hour", 1 / 24, 30, true],
    ["is valid from the day after tomorrow", 2, 30, false],
  ])("count for a peer that is pinned: it %s", async (_, from, to, admitted) => {
    const identity = await valid(from, to);
    const { listener, refusals } = await open({ trusted: [identity.fingerprint] });
    const calling = call(listener, identity);
    if (admitted) expect((await calling).peer).toBe("coordinator");
    else {
      await expect(calling).rejects.toMatchObject({ code: "PEER_UNTRUSTED" });
      expect(refusals[0]?.message).toMatch(/expired on|is valid from/);
    }
  });

  it("count for a listener that is pinned", async () => {
    const identity = await valid(-30, -2);
    const { listener } = await open({ identity });
    const calling = dial({
      url: `wss://127.0.0.1:${listener.port}`,
      identity: ids.media,
      pinned: identity.fingerprint,
      peer: "coordinator",
    });
    await expect(calling).rejects.toMatchObject({
      code: "PEER_UNTRUSTED",
      message: expect.stringContaining("expired") as string,
    });
  });
});
