import { EventEmitter } from "node:events";
import type { Socket } from "node:net";
import { afterEach, describe, expect, it, vi } from "vitest";
import { Crowd, type CrowdLimits } from "./crowd.ts";

/** The part of a socket that a crowd uses. */
class FakeSocket extends EventEmitter {
  readonly remoteAddress: string;
  destroyed = false;

  constructor(remoteAddress: string) {
    super();
    this.remoteAddress = remoteAddress;
  }

  destroy(): void {
    this.destroyed = true;
    this.emit("close");
  }
}

const socket = (address = "10.0.0.1"): Socket & FakeSocket =>
  new FakeSocket(address) as unknown as Socket & FakeSocket;

const crowd = (limits: Partial<CrowdLimits> = {}): Crowd =>
  new Crowd({
    handshakeMs: 1000,
    connections: 8,
    connectionsPerAddress: 8,
    connectionsPerPeer: 8,
    ...limits,
  });

afterEach(() => {
  vi.useRealTimers();
});

describe("a crowd", () => {
  it("cuts whoever is no link in time, whatever they proved, and leaves links alone", () => {
    vi.useFakeTimers();
    const own = crowd();
    const [silent, known, linked] = [socket(), socket(), socket()];
    for (const each of [silent, known, linked]) own.arrive(each);
    own.identify(known, "a", 1);
    own.identify(linked, "a", 1);
    own.link(linked);
    vi.advanceTimersByTime(999);
    expect([silent, known, linked].map((each) => each.destroyed)).toEqual([false, false, false]);
    vi.advanceTimersByTime(1);
    expect([silent, known, linked].map((each) => each.destroyed)).toEqual([true, true, false]);
    expect(own.size).toBe(1);
  });

  it("gives a newcomer the place of the oldest where the most are that proved nothing", () => {
    const own = crowd();
    const lonely = socket("10.0.0.2");
    own.arrive(lonely);
    const flood = Array.from({ length: 7 }, () => socket());
    for (const each of flood) own.arrive(each);
    for (let more = 0; more < 20; more++) expect(own.arrive(socket())).toBe(true);
    expect(own.size).toBe(8);
    expect(flood.every((each) => each.destroyed)).toBe(true);
    expect(lonely.destroyed).toBe(false);
  });

  it("never cuts one that proved who it is while another has not", () => {
    const own = crowd();
    const known = socket();
    own.arrive(known);
    own.identify(known, "a", 1);
    for (let more = 0; more < 50; more++) own.arrive(socket());
    expect(known.destroyed).toBe(false);
  });

  it("turns newcomers away when all it has are links", () => {
    const own = crowd({ connections: 2 });
    const links = [socket(), socket()];
    for (const each of links) {
      own.arrive(each);
      own.link(each);
    }
    const late = socket();
    expect(own.arrive(late)).toBe(false);
    expect(late.destroyed).toBe(true);
    expect(links.some((each) => each.destroyed)).toBe(false);
  });

  it("counts an IPv6 host's network, and IPv4 in IPv6, as one address", () => {
    const own = crowd({ connectionsPerAddress: 1 });
    const first = socket("2001:db8:0:1::1");
    own.arrive(first);
    own.arrive(socket("2001:db8:0:1:ffff::2"));
    expect(first.destroyed).toBe(true);
    const elsewhere = socket("2001:db8:0:2::1");
    own.arrive(elsewhere);
    const mapped = socket("::ffff:10.0.0.9");
    own.arrive(mapped);
    own.arrive(socket("10.0.0.9"));
    expect([elsewhere.destroyed, mapped.destroyed]).toEqual([false, true]);
  });

  it("keeps a share for every pinned peer: others cannot take it, however many they are", () => {
    const own = crowd({ connections: 40, connectionsPerAddress: 40, connectionsPerPeer: 24 });
    const peers = ["a", "b", "c", "d"];
    const taken = peers.slice(0, 3).map((peer) => {
      let places = 0;
      for (let tries = 0; tries < 30; tries++) {
        const each = socket();
        own.arrive(each);
        if (own.identify(each, peer, peers.length)) {
          own.link(each);
          places += 1;
        } else each.destroy();
      }
      return places;
    });
    expect(taken).toEqual([10, 10, 10]);
    const last = socket();
    expect(own.arrive(last) && own.identify(last, "d", peers.length)).toBe(true);
  });
});
