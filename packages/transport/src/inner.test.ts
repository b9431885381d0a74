import { MoongateError } from "@moongate/errors";
import { describe, expect, it } from "vitest";
import { innerChannel, type InnerOptions } from "./inner.ts";
import { intercept } from "./intercept.ts";
import type { Link } from "./link.ts";
import type { RelayOptions } from "./relay.ts";
import { pattern } from "./testing/compliance.ts";
import { createIdentities, innerPair, memoryStar, webSocketStar } from "./testing/pairs.ts";
import { relay } from "./relay.ts";

const ids = await createIdentities();

interface Network {
  readonly media: Link;
  readonly commerce: Link;
  readonly toMedia: Link;
  readonly toCommerce: Link;
  readonly stop: () => Promise<void>;
}

const networks: [string, (options?: RelayOptions) => Promise<Network>][] = [
  [
    "memory",
    (options) => {
      const star = memoryStar(options);
      return Promise.resolve({ ...star, stop: () => star.media.close() });
    },
  ],
  [
    "WebSocket",
    async (options) => {
      const star = await webSocketStar(ids);
      void relay(star.toMedia, star.toCommerce, options);
      return { ...star, stop: () => star.listener.close() };
    },
  ],
];

const server = (options: Partial<InnerOptions> = {}): InnerOptions => ({
  server: true,
  identity: ids.media,
  pinned: ids.commerce.fingerprint,
  peer: "commerce",
  ...options,
});

const client = (options: Partial<InnerOptions> = {}): InnerOptions => ({
  server: false,
  identity: ids.commerce,
  pinned: ids.media.fingerprint,
  peer: "media",
  ...options,
});

async function codes(...attempts: Promise<Link>[]): Promise<string[]> {
  const results = await Promise.allSettled(attempts);
  return results.map((result) =>
    result.status === "rejected" && result.reason instanceof MoongateError
      ? result.reason.code
      : result.status,
  );
}

describe.each(networks)("innerChannel over %s", (_name, makeNetwork) => {
  it("shows the relay neither payloads nor kinds", async () => {
    const relayed: Buffer[] = [];
    const net = await makeNetwork({
      intercept: (payload) => {
        relayed.push(Buffer.from(payload));
        return [payload];
      },
    });
    const [left, right] = await innerPair(net.media, net.commerce, ids);
    const secret = Buffer.from("an opening that nobody else may see");
    await left.send("opening", secret);
    expect(Buffer.from(await right.receive("opening")).equals(secret)).toBe(true);
    const seen = Buffer.concat(relayed);
    expect(seen.length).toBeGreaterThan(secret.length);
    expect(seen.includes(secret)).toBe(false);
    expect(seen.includes("opening")).toBe(false);
    await net.stop();
  });

  it("sends one frame as one relay frame", async () => {
    const net = await makeNetwork();
    const [left, right] = await innerPair(net.media, net.commerce, ids);
    const before = net.media.meter.read().sent["relay"]?.frames ?? 0;
    for (let n = 0; n < 5; n++) {
      await left.send("data", pattern(60_000, n));
      await right.receive("data");
    }
    expect((net.media.meter.read().sent["relay"]?.frames ?? 0) - before).toBe(5);
    await net.stop();
  });

  it("has keys that the relay's own links do not have", async () => {
    const net = await makeNetwork();
    const [left, right] = await innerPair(net.media, net.commerce, ids);
    const pair = Buffer.from(left.exportKey("pair", 32));
    expect(pair.equals(right.exportKey("pair", 32))).toBe(true);
    for (const outer of [net.media, net.commerce]) {
      expect(pair.equals(outer.exportKey("pair", 32))).toBe(false);
    }
    await net.stop();
  });

  it.each([
    [
      "the server shows another certificate than the pinned one",
      {},
      { pinned: ids.coordinator.fingerprint },
    ],
    [
      "the client shows another certificate than the pinned one",
      { pinned: ids.coordinator.fingerprint },
      {},
    ],
  ])("%s: PEER_UNTRUSTED at both ends", async (_case, ofServer, ofClient) => {
    const net = await makeNetwork();
    expect(
      await codes(
        innerChannel(net.media, server(ofServer)),
        innerChannel(net.commerce, client(ofClient)),
      ),
    ).toEqual(["PEER_UNTRUSTED", "PEER_UNTRUSTED"]);
    await net.media.send("after");
    await net.toMedia.receive("after");
    await net.stop();
  });

  it.each([
    ["forward", 4],
    ["backward", 4],
    ["forward", 60],
    ["backward", 60],
  ] as const)(
    "a bit flipped %s in byte %i: FRAME_TAMPERED, and the outer links stand",
    async (way, byte) => {
      let armed = false;
      const net = await makeNetwork({
        intercept: (payload, direction) => {
          if (armed && direction === way) payload[byte] = (payload[byte] ?? 0) ^ 1;
          return [payload];
        },
      });
      const heartbeat = { heartbeatMs: 30, deadAfterMs: 10_000 };
      const [left, right] = await innerPair(net.media, net.commerce, ids, { heartbeat });
      armed = true;
      const [from, to] = way === "forward" ? [left, right] : [right, left];
      const waiting = to.receive("data");
      await from.send("data", pattern(1000, 1));
      await expect(waiting).rejects.toMatchObject({ code: "FRAME_TAMPERED" });
      armed = false;
      expect(await to.ended).toMatchObject({ code: "FRAME_TAMPERED" });
      for (const [party, coordinator] of [
        [net.media, net.toMedia],
        [net.commerce, net.toCommerce],
      ] as const) {
        await party.send("report", pattern(3, 1));
        expect(await coordinator.receive("report")).toHaveLength(3);
      }
      await net.stop();
    },
  );

  it("both ends learn of tampering", async () => {
    let armed = false;
    const net = await makeNetwork({
      intercept: (payload, direction) => {
        if (armed && direction === "forward") payload[40] = (payload[40] ?? 0) ^ 0x80;
        return [payload];
      },
    });
    const [left, right] = await innerPair(net.media, net.commerce, ids);
    armed = true;
    await left.send("data", pattern(1000, 1));
    expect(await right.ended).toMatchObject({ code: "FRAME_TAMPERED" });
    expect(await left.ended).toMatchObject({ code: "FRAME_TAMPERED" });
    await net.stop();
  });

  it.each([
    ["dropped", () => []],
    ["repeated", (payload: Uint8Array) => [payload, Buffer.from(payload)]],
    ["cut short", (payload: Uint8Array) => [payload.subarray(0, payload.length - 1)]],
  ] as const)("a relay frame %s: FRAME_TAMPERED", async (_case, tamper) => {
    let armed = false;
    const net = await makeNetwork({
      intercept: (payload, direction) => {
        if (!armed || direction === "backward") return [payload];
        armed = false;
        return tamper(payload);
      },
    });
    const heartbeat = { heartbeatMs: 30, deadAfterMs: 10_000 };
    const [left, right] = await innerPair(net.media, net.commerce, ids, { heartbeat });
    armed = true;
    await left.send("data", pattern(1000, 1));
    expect(await right.ended).toMatchObject({ code: "FRAME_TAMPERED" });
    await net.stop();
  });

  it.each(["forward", "backward"])(
    "a handshake disturbed %s: FRAME_TAMPERED at both ends",
    async (way) => {
      const net = await makeNetwork({
        intercept: (payload, direction) => {
          if (direction === way) payload[payload.length - 1] = (payload.at(-1) ?? 0) ^ 1;
          return [payload];
        },
      });
      expect(
        await codes(innerChannel(net.media, server()), innerChannel(net.commerce, client())),
      ).toEqual(["FRAME_TAMPERED", "FRAME_TAMPERED"]);
      await net.stop();
    },
  );

  it("garbage instead of a handshake is refused", async () => {
    const net = await makeNetwork();
    await net.commerce.send("relay", pattern(5000, 1));
    expect(await codes(innerChannel(net.media, server({ timeoutMs: 2000 })))).toEqual([
      "FRAME_TAMPERED",
    ]);
    await net.stop();
  });

  it("nobody at the other end: PEER_TIMEOUT", async () => {
    const net = await makeNetwork();
    expect(await codes(innerChannel(net.media, server({ timeoutMs: 50 })))).toEqual([
      "PEER_TIMEOUT",
    ]);
    await net.stop();
  });

  it("a peer that falls silent is PEER_LOST", async () => {
    let dead = false;
    const net = await makeNetwork({
      intercept: (payload, direction) => (dead && direction === "backward" ? [] : [payload]),
    });
    const heartbeat = { heartbeatMs: 20, deadAfterMs: 100 };
    const left = innerChannel(net.media, server({ heartbeat }));
    await innerChannel(net.commerce, client());
    dead = true;
    expect(await (await left).ended).toMatchObject({ code: "PEER_LOST" });
    await net.stop();
  });

  it("ends with the reason of the link under it", async () => {
    const net = await makeNetwork();
    const [left] = await innerPair(net.media, net.commerce, ids);
    const reason = new MoongateError("INTERRUPTED", "for this test");
    net.media.fail(reason);
    expect(await left.ended).toBe(reason);
    await net.stop();
  });

  it("a link under it that closes first is no orderly end", async () => {
    const net = await makeNetwork();
    const [left, right] = await innerPair(net.media, net.commerce, ids);
    await net.toMedia.close();
    expect(await left.ended).toMatchObject({ code: "PEER_LOST" });
    await net.toCommerce.close();
    expect(await right.ended).toMatchObject({ code: "PEER_LOST" });
    await net.stop();
  });
});

it("tampering by an intercepted outer link is seen as well", async () => {
  const { media, commerce } = memoryStar();
  let armed = false;
  const bent = intercept(commerce, {
    onReceive: ({ kind, payload }) => {
      if (armed) payload[20] = (payload[20] ?? 0) ^ 4;
      return [{ kind, payload }];
    },
  });
  const [left, right] = await innerPair(media, bent, ids);
  armed = true;
  await left.send("data", pattern(100, 1));
  expect(await right.ended).toMatchObject({ code: "FRAME_TAMPERED" });
});
