import { MoongateError } from "@moongate/errors";
import { describe, expect, it } from "vitest";
import { ControlChannel, type ControlLink } from "./channel.ts";
import { encodeControl } from "./control.ts";
import type { Phase } from "@moongate/telemetry";

/** A link whose other end is the test. */
function line(): {
  link: ControlLink;
  deliver: (payload: Uint8Array) => void;
  end: (reason: MoongateError | undefined) => void;
} {
  let handler: (payload: Uint8Array) => void = () => undefined;
  let end: (reason: MoongateError | undefined) => void = () => undefined;
  const ended = new Promise<MoongateError | undefined>((resolve) => {
    end = resolve;
  });
  return {
    link: {
      peer: "media",
      send: () => Promise.resolve(),
      subscribe: (_, given) => {
        handler = given;
      },
      ended,
    },
    deliver: (payload) => {
      handler(payload);
    },
    end: (reason) => {
      end(reason);
    },
  };
}

const aligned = { type: "aligned", media: 1, commerce: 2, matched: 1 } as const;

describe("a control channel", () => {
  it("hands messages over in order, whether they or the wait came first", async () => {
    const { link, deliver } = line();
    const channel = new ControlChannel(link);
    deliver(encodeControl({ type: "done" }));
    expect(await channel.receive("done", 1000)).toEqual({ type: "done" });
    const next = channel.receive("aligned", 1000);
    deliver(encodeControl(aligned));
    expect(await next).toEqual(aligned);
  });

  it("tells phases apart from messages that are waited for", async () => {
    const { link, deliver } = line();
    const phases: Phase[] = [];
    const channel = new ControlChannel(link, { onPhase: (phase) => phases.push(phase) });
    deliver(encodeControl({ type: "phase", phase: "masking" }));
    deliver(encodeControl({ type: "done" }));
    await channel.receive("done", 1000);
    expect([channel.phase, phases]).toEqual(["masking", ["masking"]]);
  });

  it("refuses a message out of turn, naming both", async () => {
    const { link, deliver } = line();
    const channel = new ControlChannel(link);
    deliver(encodeControl({ type: "done" }));
    await expect(channel.receive("aligned", 1000)).rejects.toMatchObject({
      code: "MESSAGE_INVALID",
      message: '"type": expected aligned, media sent done',
    });
    expect((await channel.failed).code).toBe("MESSAGE_INVALID");
  });

  it("says what it waited for when time is up, and goes on", async () => {
    const { link, deliver } = line();
    const channel = new ControlChannel(link);
    await expect(channel.receive("aligned", 5, "media did not align")).rejects.toMatchObject({
      code: "PEER_TIMEOUT",
      message: "media did not align within 0.005 s",
    });
    deliver(encodeControl(aligned));
    expect(await channel.receive("aligned", 1000)).toEqual(aligned);
  });

  it("ends with the refusal of an abort", async () => {
    const { link, deliver } = line();
    const channel = new ControlChannel(link);
    const waiting = channel.receive("aligned", 1000);
    const abort = {
      type: "abort",
      code: "INTERRUPTED",
      cause: "c",
      cure: "d",
      by: "media",
    } as const;
    deliver(encodeControl(abort));
    await expect(waiting).rejects.toMatchObject({ code: "PEER_ABORTED" });
    expect(channel.abort).toEqual(abort);
    await expect(channel.receive("done", 1000)).rejects.toMatchObject({ code: "PEER_ABORTED" });
  });

  it("ends with nonsense, with too much unread, and with the line", async () => {
    const nonsense = line();
    const first = new ControlChannel(nonsense.link);
    nonsense.deliver(new Uint8Array([1, 2, 3]));
    expect((await first.failed).code).toBe("MESSAGE_INVALID");

    const flood = line();
    const second = new ControlChannel(flood.link);
    for (let i = 0; i < 100; i++) flood.deliver(encodeControl({ type: "done" }));
    expect((await second.failed).message).toContain("too many");

    const lost = line();
    const third = new ControlChannel(lost.link);
    lost.end(new MoongateError("PEER_LOST", "gone"));
    expect((await third.failed).code).toBe("PEER_LOST");
    const closed = line();
    const fourth = new ControlChannel(closed.link);
    closed.end(undefined);
    expect((await fourth.failed).code).toBe("LINK_CLOSED");
  });

  it("gives what came before the end before the end", async () => {
    const { link, deliver, end } = line();
    const channel = new ControlChannel(link);
    deliver(encodeControl(aligned));
    end(undefined);
    await channel.failed;
    expect(await channel.receive("aligned", 1000)).toEqual(aligned);
    await expect(channel.receive("done", 1000)).rejects.toMatchObject({ code: "LINK_CLOSED" });
  });
});
