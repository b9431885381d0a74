// Speed of the links, all ends in one process.
import {
  createIdentity,
  dial,
  type Identity,
  innerChannel,
  type Link,
  listen,
  memoryPair,
  relay,
} from "@moongate/transport";
import type { BySide } from "../bench/tables.ts";

/** Frames of one size over one kind of link. */
export interface LinkSpeed {
  readonly link: string;
  /** Bytes of a frame. */
  readonly bytes: number;
  readonly roundTripUs: number;
  /** CPU microseconds of a round trip, of all ends and the relay between them. */
  readonly cpuUs: number;
  readonly megabytesPerSecond: number;
}

/** The smallest is next to nothing: what a frame costs whatever is in it. */
const SIZES = [64, 8_000, 100_000, 1_000_000];

/** Ping-pong over every kind of link. Bandwidth counts the payload once each way. */
export async function benchTransport({ milliseconds = 600 } = {}): Promise<LinkSpeed[]> {
  const rows: LinkSpeed[] = [];
  const measure = async (link: string, [left, right]: readonly [Link, Link]): Promise<void> => {
    for (const bytes of SIZES) {
      rows.push({ link, bytes, ...(await pingPong(left, right, bytes, milliseconds)) });
    }
  };
  await measure("memory", memoryPair());
  const star = await makeStar();
  await measure("websocket", [star.media, star.toMedia]);
  void relay(star.toMedia, star.toCommerce);
  await measure("inner over websocket relay", await makeInner(star.media, star.commerce, star.ids));
  const [media, commerce] = memoryPair();
  await measure("inner over memory", await makeInner(media, commerce, star.ids));
  await star.listener.close();
  return rows;
}

async function pingPong(left: Link, right: Link, bytes: number, milliseconds: number) {
  const payload = new Uint8Array(bytes);
  right.subscribe("ping", (ping) => void right.send("pong", ping));
  const round = async (): Promise<void> => {
    const pong = left.receive("pong");
    await left.send("ping", payload);
    await pong;
  };
  for (let n = 0; n < 50; n++) await round();
  const before = process.cpuUsage();
  const start = performance.now();
  let rounds = 0;
  while (performance.now() - start < milliseconds) {
    for (let n = 0; n < 10; n++) await round();
    rounds += 10;
  }
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(before);
  return {
    cpuUs: Math.round((user + system) / rounds),
    roundTripUs: Math.round((seconds / rounds) * 1e6),
    megabytesPerSecond: Math.round((2 * bytes * rounds) / seconds / 1e6),
  };
}

async function makeStar() {
  const [coordinator, media, commerce] = await Promise.all([
    createIdentity({ commonName: "coordinator" }),
    createIdentity({ commonName: "media" }),
    createIdentity({ commonName: "commerce" }),
  ]);
  const arrived = new Map<string, Link>();
  const arrival = (peer: string): Link => {
    const link = arrived.get(peer);
    if (link === undefined) throw new Error(`${peer} has not arrived`);
    return link;
  };
  const listener = await listen({
    host: "127.0.0.1",
    port: 0,
    identity: coordinator,
    trusted: new Map([
      [media.fingerprint, "media"],
      [commerce.fingerprint, "commerce"],
    ]),
    onLink: (link) => void arrived.set(link.peer, link),
  });
  const call = (identity: Identity) =>
    dial({
      url: `wss://127.0.0.1:${listener.port}`,
      identity,
      pinned: coordinator.fingerprint,
      peer: "coordinator",
    });
  const [toCoordinator, alsoToCoordinator] = await Promise.all([call(media), call(commerce)]);
  return {
    listener,
    ids: { media, commerce },
    media: toCoordinator,
    commerce: alsoToCoordinator,
    toMedia: arrival("media"),
    toCommerce: arrival("commerce"),
  };
}

function makeInner(media: Link, commerce: Link, ids: BySide<Identity>) {
  return Promise.all([
    innerChannel(media, {
      server: true,
      identity: ids.media,
      pinned: ids.commerce.fingerprint,
      peer: "commerce",
    }),
    innerChannel(commerce, {
      server: false,
      identity: ids.commerce,
      pinned: ids.media.fingerprint,
      peer: "media",
    }),
  ]);
}
