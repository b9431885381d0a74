import { MoongateError } from "@moongate/errors";
import { encodeControl, type Side } from "@moongate/messages";
import type { Phase } from "@moongate/telemetry";
import { describe, expect, it } from "vitest";
import { type Endings, FederationWorld, type WorldOptions } from "./testing/federation-world.ts";

const BOTH: readonly Side[] = ["media", "commerce"];
const other = (side: Side): Side => (side === "media" ? "commerce" : "media");

/** Phases in which both parties still need each other and the coordinator. */
const PHASES: readonly Phase[] = [
  "channel",
  "alignment",
  "preparation",
  "masking",
  "training",
  "evaluation",
  "close",
];

/** A world that does something to itself when that party enters that phase. */
function atPhase(
  side: Side,
  phase: Phase,
  act: (world: FederationWorld) => void,
  options: WorldOptions = {},
): Promise<FederationWorld> {
  let done = false;
  return FederationWorld.create({
    ...options,
    onEvent: (who, event, world) => {
      if (done || who !== side || event.event !== "phase-started" || event.phase !== phase) return;
      done = true;
      act(world);
    },
  });
}

/** A world that does something to itself when both parties have joined. */
function whenJoined(act: (world: FederationWorld) => void): Promise<FederationWorld> {
  let joined = 0;
  return FederationWorld.create({
    onCoordinator: (event, world) => {
      if (event.event === "joined" && ++joined === 2) act(world);
    },
  });
}

const errorOf = (endings: Endings, side: Side): MoongateError => {
  const { error } = endings[side];
  if (error === undefined) throw new Error(`${side} ended well`);
  return error;
};

describe.each(BOTH)("when %s is interrupted", (side) => {
  it("while the plan is agreed on, everyone ends and says so", async () => {
    const world = await whenJoined((own) => {
      own.interrupt(side);
    });
    const endings = await world.run();
    expect(errorOf(endings, side).code).toBe("INTERRUPTED");
    expect(errorOf(endings, other(side)).message).toContain(
      `${side} ended the session: INTERRUPTED`,
    );
  });

  it.each(PHASES)("during %s, everyone ends and says so", async (phase) => {
    const world = await atPhase(side, phase, (own) => {
      own.interrupt(side);
    });
    const endings = await world.run();
    expect(errorOf(endings, side).code).toBe("INTERRUPTED");
    const heard = errorOf(endings, other(side));
    expect(heard.code).toBe("PEER_ABORTED");
    expect(heard.message).toContain(`${side} ended the session: INTERRUPTED`);
    expect(endings.coordinator?.error?.message).toContain(`${side} ended the session: INTERRUPTED`);
  });
});

describe.each(BOTH)("when %s is killed", (side) => {
  it("while the plan is agreed on, the others say who was lost", async () => {
    const world = await whenJoined((own) => {
      own.kill(side);
    });
    const endings = await world.run();
    expect(errorOf(endings, other(side))).toMatchObject({
      code: "PEER_LOST",
      message: `${side} went away during join`,
    });
  });

  it.each(PHASES)("during %s, the others say who was lost", async (phase) => {
    const world = await atPhase(side, phase, (own) => {
      own.kill(side);
    });
    const endings = await world.run();
    const heard = errorOf(endings, other(side));
    expect(heard.code).toBe("PEER_LOST");
    expect(heard.message).toContain(`${side} went away during`);
    expect(endings.coordinator?.error?.code).toBe("PEER_LOST");
    expect(endings.coordinator?.error?.message).toContain(`${side} went away during`);
  });
});

describe("when the coordinator is killed", () => {
  it.each(PHASES)("during %s, both parties say so", async (phase) => {
    const world = await atPhase("commerce", phase, (own) => {
      own.killCoordinator();
    });
    const endings = await world.run();
    for (const side of BOTH) {
      expect(errorOf(endings, side).code).toBe("PEER_LOST");
      expect(errorOf(endings, side).message).toContain("coordinator");
    }
  });

  it("stopped in order, it tells them", async () => {
    const world = await atPhase("media", "training", (own) => {
      void own.sessions.stop(new MoongateError("INTERRUPTED", "the coordinator was stopped"));
    });
    const endings = await world.run();
    for (const side of BOTH) {
      expect(errorOf(endings, side).code).toBe("PEER_ABORTED");
      expect(errorOf(endings, side).message).toContain(
        "coordinator ended the session: INTERRUPTED",
      );
    }
  });
});

/** A session in which the last bit of the n-th frame relayed in that direction is flipped. */
async function flipped(way: "forward" | "backward", nth: number): Promise<Endings> {
  let frames = 0;
  const world = await FederationWorld.create({
    relayed: (payload, direction) => {
      if (direction === way && ++frames === nth) {
        const at = payload.length - 1;
        payload[at] = (payload[at] ?? 0) ^ 1;
      }
      return [payload];
    },
  });
  const endings = await world.run();
  expect(frames, "the frame to be altered came").toBeGreaterThanOrEqual(nth);
  return endings;
}

describe("when a relayed frame is altered", () => {
  it.each([
    ["forward", "commerce", "media"],
    ["backward", "media", "commerce"],
  ] as const)("on the way %s, %s notices", async (way, victim, sender) => {
    const endings = await flipped(way, 12);
    const words = `${victim} ended the session: FRAME_TAMPERED`;
    expect(errorOf(endings, victim).code).toBe("FRAME_TAMPERED");
    expect(errorOf(endings, sender).code).toBe("PEER_ABORTED");
    expect(errorOf(endings, sender).message).toContain(words);
    expect(endings.coordinator?.error?.message).toContain(words);
  });

  it.each(
    ([1, 2, 3, 4, 5] as const).flatMap((nth) => [
      ["forward", nth] as const,
      ["backward", nth] as const,
    ]),
  )("on the way %s, frame %i, while the channel opens: nobody goes on", async (way, nth) => {
    const endings = await flipped(way, nth);
    const codes = BOTH.map((side) => errorOf(endings, side).code);
    expect(codes).toContain("FRAME_TAMPERED");
    for (const code of codes) expect(["FRAME_TAMPERED", "PEER_ABORTED"]).toContain(code);
  });
});

describe("what a party refuses", () => {
  it("a plan it does not agree to", async () => {
    const world = await FederationWorld.create({
      tables: { labels: ["a", "b"] },
      accept: { maximumLabels: 1 },
    });
    const endings = await world.run();
    expect(errorOf(endings, "media")).toMatchObject({
      code: "SESSION_REFUSED",
      message: "media does not agree to 2 labels",
    });
    expect(errorOf(endings, "commerce").message).toContain("media does not agree to 2 labels");
  });

  it("tables without a common user, or with too few", async () => {
    const none = await (await FederationWorld.create({ tables: { matched: 0, own: 50 } })).run();
    for (const side of BOTH) expect(errorOf(none, side).code).toBe("ALIGNMENT_EMPTY");
    const few = await (await FederationWorld.create({ tables: { matched: 10, own: 50 } })).run();
    for (const side of BOTH) expect(errorOf(few, side).code).toBe("ALIGNMENT_TOO_SMALL");
  });

  it("a label that is not there, without telling the others more than that it stopped", async () => {
    const world = await FederationWorld.create({ labels: ["bougt"] });
    const endings = await world.run();
    expect(errorOf(endings, "commerce")).toMatchObject({
      code: "LABEL_MISSING",
      cure: 'Did you mean "bought"?',
    });
    const heard = errorOf(endings, "media").message;
    expect(heard).toContain("commerce ended the session: PARTY_STOPPED");
    expect(heard).not.toMatch(/LABEL|boug/);
  });
});

describe("what the coordinator refuses", () => {
  const sendRaw = (payload: Uint8Array): Promise<FederationWorld> =>
    atPhase("media", "alignment", (world) => {
      void world.line("media").party.send("control", payload);
    });

  it("an unknown control message", async () => {
    const world = await sendRaw(new TextEncoder().encode('{"type":"hurry"}'));
    const endings = await world.run();
    expect(endings.coordinator?.error?.code).toBe("MESSAGE_INVALID");
    for (const side of BOTH) expect(errorOf(endings, side).code).toBe("MESSAGE_INVALID");
  });

  it("an oversized control message", async () => {
    const world = await sendRaw(new Uint8Array(100_000).fill(32));
    const endings = await world.run();
    for (const side of BOTH) expect(errorOf(endings, side).code).toBe("FRAME_TOO_LARGE");
  });

  it("a message out of turn", async () => {
    const world = await sendRaw(encodeControl({ type: "done" }));
    const endings = await world.run();
    expect(errorOf(endings, "media").message).toContain("expected shape");
    expect(errorOf(endings, "commerce").code).toBe("MESSAGE_INVALID");
  });

  it("words of the coordinator's in a party's mouth", async () => {
    const forged = {
      type: "abort",
      code: "PEER_LOST",
      cause: "x",
      cure: "y",
      by: "coordinator",
    } as const;
    const world = await sendRaw(encodeControl(forged));
    const endings = await world.run();
    expect(errorOf(endings, "commerce").code).toBe("PEER_ABORTED");
    expect(errorOf(endings, "commerce").message).toContain("media ended the session");
  });
});

describe("waiting ends", () => {
  it("at the coordinator's deadline, when the other party never joins", async () => {
    const world = await FederationWorld.create({ coordinatorTimeouts: { joinMs: 50 } });
    const endings = await world.run(["commerce"]);
    expect(errorOf(endings, "commerce")).toMatchObject({
      code: "PEER_TIMEOUT",
      message: "media did not join within 0.05 s",
    });
  });

  it("at the party's own deadline", async () => {
    const world = await FederationWorld.create({ timeouts: { joinMs: 50 } });
    const endings = await world.run(["media"]);
    expect(errorOf(endings, "media")).toMatchObject({
      code: "PEER_TIMEOUT",
      message: "commerce did not join within 0.05 s",
    });
    expect(endings.coordinator?.error?.message).toContain("media ended the session: PEER_TIMEOUT");
  });

  it("when frames of the other party stop coming", async () => {
    let frames = 0;
    const world = await FederationWorld.create({
      timeouts: { messageMs: 300 },
      relayed: (payload) => (++frames > 24 ? [] : [payload]),
    });
    const endings = await world.run();
    const codes = BOTH.map((side) => errorOf(endings, side).code);
    expect(codes).toContain("PEER_TIMEOUT");
    for (const code of codes) expect(["PEER_TIMEOUT", "PEER_ABORTED"]).toContain(code);
  });
});
