import { describe, expect, it } from "vitest";
import type { Child, ChildEnd, RoleName } from "./child.ts";
import { Crew } from "./crew.ts";

/** A child that ends on the signals it obeys, or when told. */
function fakeChild(role: RoleName, obeys: readonly NodeJS.Signals[]) {
  const received: NodeJS.Signals[] = [];
  let end: (how: Pick<ChildEnd, "status" | "signal">) => void = () => undefined;
  const ended = new Promise<ChildEnd>((resolve) => {
    end = (how) => {
      resolve({ role, words: "", ...how });
    };
  });
  const child: Child = {
    role,
    pid: undefined,
    ended,
    kill(signal) {
      received.push(signal);
      if (obeys.includes(signal)) end({ status: null, signal });
    },
  };
  return {
    child,
    received,
    exit: (status: number) => {
      end({ status, signal: null });
    },
  };
}

describe("Crew", () => {
  it("lets everyone end well, without a signal", async () => {
    const crew = new Crew({ signal: new AbortController().signal });
    const children = [fakeChild("coordinator", []), fakeChild("media", [])];
    for (const { child } of children) crew.add(child);
    for (const { exit } of children) exit(0);
    expect((await crew.allEnded()).map((end) => end.status)).toEqual([0, 0]);
    expect(children.flatMap(({ received }) => received)).toEqual([]);
  });

  it("gives the others a grace after a failure, then kills them", async () => {
    const crew = new Crew({ signal: new AbortController().signal, graceMs: 20 });
    const failing = fakeChild("media", []);
    const hanging = fakeChild("commerce", ["SIGKILL"]);
    crew.add(failing.child);
    crew.add(hanging.child);
    const failures: string[] = [];
    crew.onFailure((end) => failures.push(end.role));
    failing.exit(65);
    const ends = await crew.allEnded();
    expect(ends.map((end) => end.signal)).toEqual([null, "SIGKILL"]);
    expect(hanging.received).toEqual(["SIGKILL"]);
    expect(failures).toEqual(["media", "commerce"]);
  });

  it("passes an interruption on, and kills who does not heed it", async () => {
    const controller = new AbortController();
    const crew = new Crew({ signal: controller.signal, graceMs: 20 });
    const heeding = fakeChild("media", ["SIGINT"]);
    const deaf = fakeChild("commerce", ["SIGKILL"]);
    crew.add(heeding.child);
    crew.add(deaf.child);
    controller.abort();
    expect((await crew.allEnded()).map((end) => end.signal)).toEqual(["SIGINT", "SIGKILL"]);
    expect(deaf.received).toEqual(["SIGINT", "SIGKILL"]);
  });

  it("interrupts a child that joins after the interruption", async () => {
    const crew = new Crew({ signal: AbortSignal.abort(), graceMs: 20 });
    const late = fakeChild("media", ["SIGINT"]);
    crew.add(late.child);
    await crew.allEnded();
    expect(late.received).toEqual(["SIGINT"]);
  });
});
