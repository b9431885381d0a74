import { dial } from "../dial.ts";
import { createIdentity, type Identity } from "../identity.ts";
import { innerChannel } from "../inner.ts";
import type { Link } from "../link.ts";
import { type Listener, listen } from "../listen.ts";
import { memoryPair } from "../memory.ts";
import { type RelayOptions, relay } from "../relay.ts";
import type { LinkSettings, WebSocketLink } from "../websocket-link.ts";
import type { LinkPair } from "./compliance.ts";

export interface Identities {
  readonly coordinator: Identity;
  readonly media: Identity;
  readonly commerce: Identity;
}

/** One identity for each role, for tests. */
export async function createIdentities(): Promise<Identities> {
  const [coordinator, media, commerce] = await Promise.all(
    ["coordinator", "media", "commerce"].map((commonName) => createIdentity({ commonName })),
  );
  if (!coordinator || !media || !commerce) throw new Error("no identities");
  return { coordinator, media, commerce };
}

/** A listener with its two dialled links: the far ends by name. */
export interface Star {
  readonly listener: Listener;
  readonly media: WebSocketLink;
  readonly commerce: WebSocketLink;
  /** The coordinator's ends. */
  readonly toMedia: Link;
  readonly toCommerce: Link;
}

/** Coordinator, media and commerce over real sockets in one process. */
export async function webSocketStar(ids: Identities, settings: LinkSettings = {}): Promise<Star> {
  const arrived = new Map<string, Link>();
  const listener = await listen({
    host: "127.0.0.1",
    port: 0,
    identity: ids.coordinator,
    trusted: new Map([
      [ids.media.fingerprint, "media"],
      [ids.commerce.fingerprint, "commerce"],
    ]),
    onLink: (link) => arrived.set(link.peer, link),
    ...settings,
  });
  const call = (identity: Identity): Promise<WebSocketLink> =>
    dial({
      url: `wss://127.0.0.1:${listener.port}`,
      identity,
      pinned: ids.coordinator.fingerprint,
      peer: "coordinator",
      ...settings,
    });
  const [media, commerce] = await Promise.all([call(ids.media), call(ids.commerce)]);
  const [toMedia, toCommerce] = [arrived.get("media"), arrived.get("commerce")];
  if (!toMedia || !toCommerce) throw new Error("the listener has not seen both");
  return { listener, media, commerce, toMedia, toCommerce };
}

/** The inner channel between two links whose other ends are joined somehow. */
export async function innerPair(
  media: Link,
  commerce: Link,
  ids: Identities,
  settings: LinkSettings = {},
): Promise<[Link, Link]> {
  return await Promise.all([
    innerChannel(media, {
      server: true,
      identity: ids.media,
      pinned: ids.commerce.fingerprint,
      peer: "commerce",
      ...settings,
    }),
    innerChannel(commerce, {
      server: false,
      identity: ids.commerce,
      pinned: ids.media.fingerprint,
      peer: "media",
      ...settings,
    }),
  ]);
}

/** Two parties on memory links to a coordinator that relays. */
export function memoryStar(options: RelayOptions = {}): {
  media: Link;
  commerce: Link;
  toMedia: Link;
  toCommerce: Link;
} {
  const [media, toMedia] = memoryPair({ names: ["media", "coordinator"] });
  const [commerce, toCommerce] = memoryPair({ names: ["commerce", "coordinator"] });
  void relay(toMedia, toCommerce, options);
  return { media, commerce, toMedia, toCommerce };
}

/** A pair for the compliance suite, from a star and the links at its tips. */
export function pairOf(left: Link, right: Link, stop: () => Promise<void>): LinkPair {
  return { left, right, stop };
}
