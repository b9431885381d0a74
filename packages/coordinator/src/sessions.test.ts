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

function hall(timeouts: { helloMs?: number; joinMs?: number } = {}): Hall {
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

const join = (role: Side, fingerprint: string, session = "s"): ControlMessage => ({
  type: "join",
  version: PROTOCOL_VERSION,
  session,
  role,
  fingerprint,
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

  it("nobody to the session of a party it is not paired with", async () => {
    const { enter, ends } = hall();
    await say(enter(print("a")), join("media", print("a")));
    const stranger = enter(print("d"));
    await say(stranger, join("commerce", print("d")));
    expect(await hear(stranger)).toMatchObject({
      code: "SESSION_REFUSED",
      cause: "the two parties are not a trusted pair",
    });
    expect(ends).toEqual([]);
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
