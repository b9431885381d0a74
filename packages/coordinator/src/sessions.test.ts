import { MoongateError } from "@moongate/errors";
import {
  type ControlMessage,
  ControlChannel,
  decodeControl,
  encodeControl,
  makePlan,
  planDigest,
  PROTOCOL_VERSION,
  type Side,
} from "@moongate/messages";
import { type Link, memoryPair } from "@moongate/transport";
import { describe, expect, it } from "vitest";
import type { CoordinatorLimits } from "./limits.ts";
import type { CoordinatorEvent } from "./options.ts";
import { Sessions } from "./sessions.ts";

const print = (digit: string): string => digit.repeat(64);
const TRUSTED = [
  { media: print("a"), commerce: print("b") },
  { media: print("c"), commerce: print("d") },
];

interface Hall {
  readonly sessions: Sessions;
  readonly events: CoordinatorEvent[];
  readonly ends: (MoongateError | undefined)[];
  /** A new connection with that certificate. */
  readonly enter: (fingerprint: string) => Link;
}

function hall(
  timeouts: { helloMs?: number; joinMs?: number } = {},
  limits: Partial<CoordinatorLimits> = {},
): Hall {
  const events: CoordinatorEvent[] = [];
  const ends: (MoongateError | undefined)[] = [];
  const sessions = new Sessions({
    trusted: TRUSTED,
    timeouts: {
      helloMs: 2000,
      joinMs: 2000,
      messageMs: 2000,
      workMs: 2000,
      heartbeatMs: 2000,
      deadAfterMs: 8000,
      ...timeouts,
    },
    limits,
    log: { info: () => undefined, warn: () => undefined },
    observer: (event) => events.push(event),
    onFinished: ({ error }) => ends.push(error),
  });
  return {
    sessions,
    events,
    ends,
    enter: (fingerprint) => {
      const [party, coordinator] = memoryPair({ names: ["party", "coordinator"] });
      void sessions.admit(coordinator, fingerprint);
      return party;
    },
  };
}

const PARTNERS: Readonly<Record<string, string>> = { a: "b", b: "a", c: "d", d: "c" };

const join = (
  role: Side,
  fingerprint: string,
  session = "s",
  peer = print(PARTNERS[fingerprint.slice(0, 1)] ?? "0"),
): ControlMessage => ({
  type: "join",
  version: PROTOCOL_VERSION,
  session,
  role,
  fingerprint,
  peer,
});

const say = (link: Link, message: ControlMessage): Promise<void> =>
  link.send("control", encodeControl(message));

/** What the coordinator says next, as it crosses. */
const hear = async (link: Link): Promise<ControlMessage> =>
  decodeControl(await link.receive("control", { timeoutMs: 5000 }));

describe("who may enter", () => {
  it.each([
    ["in a role it is not trusted in", join("commerce", print("a")), "SESSION_REFUSED"],
    ["under another certificate than it showed", join("media", print("c")), "SESSION_REFUSED"],
    ["with something else than a join", { type: "done" } as const, "MESSAGE_INVALID"],
  ])("nobody %s", async (_, message, code) => {
    const { enter } = hall();
    const link = enter(print("a"));
    await say(link, message);
    expect(await hear(link)).toMatchObject({ type: "abort", code, by: "coordinator" });
    expect(await link.ended).toBeUndefined();
  });

  it("nobody of another version", async () => {
    const { enter } = hall();
    const link = enter(print("a"));
    const other = { ...join("media", print("a")), version: PROTOCOL_VERSION + 1, more: 1 };
    await link.send("control", new TextEncoder().encode(JSON.stringify(other)));
    expect(await hear(link)).toMatchObject({ type: "abort", code: "VERSION_MISMATCH" });
  });

  it("nobody who says nothing", async () => {
    const { enter } = hall({ helloMs: 20 });
    expect(await hear(enter(print("a")))).toMatchObject({ type: "abort", code: "PEER_TIMEOUT" });
  });

  it("nobody to a place that is taken, and the one who has it keeps it", async () => {
    const { enter, ends } = hall();
    const first = enter(print("a"));
    await say(first, join("media", print("a")));
    const second = enter(print("a"));
    await say(second, join("media", print("a")));
    expect(await hear(second)).toMatchObject({
      code: "SESSION_REFUSED",
      cause: "session s has its media",
    });
    expect(ends).toEqual([]);
  });

  it("nobody who pins a party that it is not paired with", async () => {
    const { enter, ends } = hall();
    await say(enter(print("a")), join("media", print("a")));
    const stranger = enter(print("d"));
    await say(stranger, join("commerce", print("d"), "s", print("a")));
    expect(await hear(stranger)).toMatchObject({
      code: "SESSION_REFUSED",
      cause: expect.stringContaining("the two parties are not a trusted pair") as string,
    });
    expect(ends).toEqual([]);
  });

  it("nobody who pins the placeholder of the examples, which is called that", async () => {
    const { enter } = hall();
    const link = enter(print("a"));
    await say(link, join("media", print("a"), "s", print("0")));
    expect(await hear(link)).toMatchObject({
      cause: expect.stringContaining("the placeholder of the example configuration") as string,
    });
  });
});

describe("a crowd of peers that are trusted", () => {
  const pairUp = async (own: Hall, digit: string, name: string): Promise<Record<Side, Link>> => {
    const [m, c] = [print(digit), print(PARTNERS[digit] ?? "0")];
    const [media, commerce] = [own.enter(m), own.enter(c)];
    await say(media, join("media", m, name));
    await say(commerce, join("commerce", c, name));
    return { media, commerce };
  };
  const begins = async ({ media, commerce }: Record<Side, Link>, name: string): Promise<void> => {
    const plan = makePlan(name, ["bought"]);
    await say(commerce, { type: "plan", plan });
    expect(await hear(media)).toEqual({ type: "plan", plan });
  };

  it("cannot take another pair's name", async () => {
    const own = hall();
    await pairUp(own, "c", "s");
    await begins(await pairUp(own, "a", "s"), "s");
  });

  it("cannot see how many sessions another pair has had", async () => {
    const own = hall();
    for (const name of ["s", "t"]) {
      const { media } = await pairUp(own, "c", name);
      await media.close();
      await own.sessions.settled();
    }
    await (await pairUp(own, "a", "s")).media.close();
    await expect.poll(() => own.ends.length).toBe(3);
    const end = own.events.findLast((event) => event.event === "ended");
    expect(end).toMatchObject({ incarnation: 1 });
  });

  it("waits where its pair has all its places, and another pair does not", async () => {
    const own = hall({}, { sessionsPerPair: 1 });
    const first = await pairUp(own, "c", "first");
    const second = await pairUp(own, "c", "second");
    await begins(first, "first");
    await begins(await pairUp(own, "a", "first"), "first");
    expect(own.events.filter(({ event }) => event === "joined")).toHaveLength(4);
    await first.media.close();
    await begins(second, "second");
  });

  it("is refused by its code where too many wait, or too long", async () => {
    const own = hall({ joinMs: 50 }, { sessionsPerPair: 1, waitingPerPair: 1 });
    const first = own.enter(print("a"));
    await say(first, join("media", print("a"), "first"));
    const waiting = own.enter(print("a"));
    await say(waiting, join("media", print("a"), "second"));
    const late = own.enter(print("a"));
    await say(late, join("media", print("a"), "third"));
    expect(await hear(late)).toMatchObject({ type: "abort", code: "COORDINATOR_BUSY" });
    const answers = await Promise.all([hear(first), hear(waiting)]);
    expect(answers).toMatchObject([{ type: "abort" }, { type: "abort" }]);
  });

  it("ends when its pair is trusted no longer, and a new pair may enter", async () => {
    const own = hall();
    const { media } = await pairUp(own, "a", "s");
    own.sessions.trust([{ media: print("c"), commerce: print("d") }]);
    expect(await hear(media)).toMatchObject({ type: "abort", code: "SESSION_REFUSED" });
    const again = own.enter(print("a"));
    await say(again, join("media", print("a")));
    expect(await hear(again)).toMatchObject({ code: "SESSION_REFUSED" });
    await begins(await pairUp(own, "c", "s"), "s");
  });

  it("is cut when it sends much before its session begins", async () => {
    const { enter } = hall();
    const flood = enter(print("a"));
    for (let n = 0; n < 3; n++) void flood.send("psitag", new Uint8Array(30_000));
    expect(await flood.ended).toMatchObject({ details: { code: "FRAME_TOO_LARGE" } });
    const empty = enter(print("a"));
    for (let n = 0; n < 65; n++) void empty.send("relay");
    expect(await empty.ended).toMatchObject({ details: { code: "FRAME_TOO_LARGE" } });
  });

  it("is cut likewise while it waits for the other party, and for a plan", async () => {
    const { enter } = hall();
    const flood = async (link: Link): Promise<void> => {
      for (let n = 0; n < 3; n++) void link.send("psitag", new Uint8Array(30_000));
      expect(await link.ended).toMatchObject({ details: { code: "FRAME_TOO_LARGE" } });
    };
    const alone = enter(print("a"));
    await say(alone, join("media", print("a")));
    await flood(alone);
    const [media, commerce] = [enter(print("c")), enter(print("d"))];
    await say(media, join("media", print("c")));
    await say(commerce, join("commerce", print("d")));
    await flood(commerce);
  });
});

describe("a session", () => {
  const joined = async (own: Hall): Promise<Record<Side, Link>> => {
    const [media, commerce] = [own.enter(print("a")), own.enter(print("b"))];
    await say(media, join("media", print("a")));
    await say(commerce, join("commerce", print("b")));
    return { media, commerce };
  };

  it("begins when media has agreed to the plan that commerce proposed", async () => {
    const own = hall();
    const { media, commerce } = await joined(own);
    const plan = makePlan("s", ["bought"]);
    await say(commerce, { type: "plan", plan });
    expect(await hear(media)).toEqual({ type: "plan", plan });
    await say(media, { type: "accept", plan: planDigest(plan) });
    expect(await hear(media)).toEqual({ type: "welcome", incarnation: 1, plan, peer: print("b") });
    expect(await hear(commerce)).toEqual({
      type: "welcome",
      incarnation: 1,
      plan,
      peer: print("a"),
    });
    await media.send("relay", Uint8Array.of(7));
    expect([...(await commerce.receive("relay", { timeoutMs: 5000 }))]).toEqual([7]);
  });

  it.each([
    ["a plan for another session", makePlan("t", ["bought"]), print("0")],
    ["agreement to another plan", makePlan("s", ["bought"]), print("0")],
  ])("does not begin with %s", async (_, plan, digest) => {
    const own = hall();
    const { media, commerce } = await joined(own);
    await say(commerce, { type: "plan", plan });
    await say(media, { type: "accept", plan: digest });
    const words = new ControlChannel(commerce);
    expect((await words.failed).code).toBe("SESSION_REFUSED");
    await own.sessions.settled();
    expect(own.ends[0]?.code).toBe("SESSION_REFUSED");
  });

  it("has a new incarnation each time, so that no mask's label comes twice", async () => {
    const own = hall();
    for (const expected of [1, 2, 3]) {
      const { media, commerce } = await joined(own);
      await media.close();
      await commerce.ended;
      await own.sessions.settled();
      const end = own.events.findLast((event) => event.event === "ended");
      expect(end).toMatchObject({
        session: "s",
        incarnation: expected,
        error: { code: "PEER_LOST" },
      });
    }
  });

  it("tells a party that waits alone when the coordinator stops", async () => {
    const own = hall();
    const link = own.enter(print("a"));
    await say(link, join("media", print("a")));
    await expect.poll(() => own.events.length).toBe(1);

    await own.sessions.stop(new MoongateError("INTERRUPTED", "the coordinator was stopped"));
    expect(await hear(link)).toMatchObject({
      type: "abort",
      code: "INTERRUPTED",
      by: "coordinator",
    });
    const late = own.enter(print("a"));
    await say(late, join("media", print("a")));
    expect(await hear(late)).toMatchObject({ type: "abort", code: "INTERRUPTED" });
  });

  it("is not harmed by another one's end", async () => {
    const own = hall();
    const { media } = await joined(own);
    const [other, partner] = [own.enter(print("c")), own.enter(print("d"))];
    await say(other, join("media", print("c"), "t"));
    await say(partner, join("commerce", print("d"), "t"));
    await media.close();
    await expect.poll(() => own.ends.length).toBe(1);
    const plan = makePlan("t", ["bought"]);
    await say(partner, { type: "plan", plan });
    expect(await hear(other)).toEqual({ type: "plan", plan });
  });
});
