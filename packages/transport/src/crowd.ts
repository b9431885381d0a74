import { readFileSync } from "node:fs";
import type { Socket } from "node:net";
import { addressGroup } from "./addresses.ts";

/** How many connections a listener holds, and how long one may take to become a link. */
export interface CrowdLimits {
  /** Milliseconds from a connection's arrival to its link (TCP, TLS and HTTP together), before it is cut. */
  readonly handshakeMs: number;
  /** Connections in all, linked or not. */
  readonly connections: number;
  /** Connections from one address (IPv6: one /64 network), linked or not. */
  readonly connectionsPerAddress: number;
  /** Connections that showed one certificate. */
  readonly connectionsPerPeer: number;
}

/** Every pinned peer may have so many connections, however many peers there are. */
const LEAST_SHARE = 4;

/** Limits that leave this process the descriptors it needs for itself. */
export function defaultCrowdLimits(): CrowdLimits {
  const connections = Math.min(512, Math.max(16, Math.floor((openFiles() * 5) / 8)));
  return {
    handshakeMs: 10_000,
    connections,
    connectionsPerAddress: connections,
    connectionsPerPeer: 24,
  };
}

/** How many files and sockets this process may have open; Linux alone tells. */
function openFiles(): number {
  try {
    const found = /^Max open files\s+(\d+)/m.exec(readFileSync("/proc/self/limits", "utf8"))?.[1];
    return found === undefined ? Number.POSITIVE_INFINITY : Number(found);
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

interface Entry {
  readonly address: string;
  readonly deadline: NodeJS.Timeout;
  /** The certificate it showed, once TLS has proved it to be that of a trusted peer. */
  peer: string | undefined;
  linked: boolean;
}

/**
 * The connections of one listener. Those that are not links yet are cut after a while; and when
 * there is no room, the newcomer gets the place of the oldest that has proved nothing, at the address
 * that has most of those. So whoever fills the room with silence only pushes out their own.
 */
export class Crowd {
  readonly #limits: CrowdLimits;
  /** Connections in order of arrival. */
  readonly #entries = new Map<Socket, Entry>();

  constructor(limits: CrowdLimits) {
    this.#limits = limits;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** Lets a connection in, or cuts it. @returns whether it is in. */
  arrive(socket: Socket): boolean {
    const address = addressGroup(socket.remoteAddress);
    const here = ({ address: other }: Entry): boolean => other === address;
    const { connections, connectionsPerAddress, handshakeMs } = this.#limits;
    const hasRoom =
      (this.#count(here) < connectionsPerAddress || this.#makeRoom(here)) &&
      (this.size < connections || this.#makeRoom(() => true));
    if (!hasRoom) {
      socket.destroy();
      return false;
    }
    const deadline = setTimeout(() => socket.destroy(), handshakeMs);
    this.#entries.set(socket, { address, deadline, peer: undefined, linked: false });
    socket.once("close", () => {
      clearTimeout(deadline);
      this.#entries.delete(socket);
    });
    return true;
  }

  /**
   * The connection has proved to be that of a pinned peer.
   * @param peers how many peers are pinned: together they cannot take more than all places.
   * @returns whether that peer may have one more.
   */
  identify(socket: Socket, peer: string, peers: number): boolean {
    const entry = this.#entries.get(socket);
    if (entry === undefined) return false;
    const share = Math.max(LEAST_SHARE, Math.floor(this.#limits.connections / Math.max(1, peers)));
    const most = Math.min(this.#limits.connectionsPerPeer, share);
    if (this.#count((each) => each.peer === peer) >= most) return false;
    entry.peer = peer;
    return true;
  }

  /** The connection is a link now, and whoever has it minds its end. */
  link(socket: Socket): void {
    const entry = this.#entries.get(socket);
    if (entry === undefined) return;
    entry.linked = true;
    clearTimeout(entry.deadline);
  }

  /** Cuts every connection. */
  clear(): void {
    for (const socket of this.#entries.keys()) socket.destroy();
  }

  #count(which: (entry: Entry) => boolean): number {
    let count = 0;
    for (const entry of this.#entries.values()) if (which(entry)) count += 1;
    return count;
  }

  /** Cuts one of those that are no links: one that has proved nothing, else a pinned peer's. */
  #makeRoom(which: (entry: Entry) => boolean): boolean {
    const waiting = [...this.#entries].filter(([, entry]) => !entry.linked && which(entry));
    const unproved = waiting.filter(([, { peer }]) => peer === undefined);
    const candidates = unproved.length > 0 ? unproved : waiting;
    const sizes = new Map<string, number>();
    const groupOf = ({ peer, address }: Entry): string => peer ?? address;
    for (const [, entry] of candidates) {
      sizes.set(groupOf(entry), (sizes.get(groupOf(entry)) ?? 0) + 1);
    }
    const largest = Math.max(0, ...sizes.values());
    const victim = candidates.find(([, entry]) => sizes.get(groupOf(entry)) === largest);
    if (victim === undefined) return false;
    const [socket, { deadline }] = victim;
    clearTimeout(deadline);
    this.#entries.delete(socket);
    socket.destroy();
    return true;
  }
}
