import { MoongateError } from "@moongate/errors";
import { describe, expect, it } from "vitest";
import { type Hook, intercept } from "./intercept.ts";
import type { Link } from "./link.ts";
import { memoryPair } from "./memory.ts";

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

async function exchange(
  hooks: { onSend?: Hook; onReceive?: Hook },
  count = 3,
): Promise<number[][]> {
  const [left, right] = memoryPair();
  const [from, to]: Link[] = [intercept(left, hooks), intercept(right, hooks)];
  if (from === undefined || to === undefined) throw new Error("no links");
  const seen: number[][] = [];
  to.subscribe("data", (payload) => seen.push([...payload]));
  for (let n = 1; n <= count; n++) void from.send("data", bytes(n), bytes(n));
  void from.send("end");
  await to.receive("end");
  await from.close();
  return seen;
}

describe.each(["onSend", "onReceive"] as const)("intercept, %s", (hook) => {
  const only =
    (change: Hook): Hook =>
    (frame) =>
      frame.kind === "data" ? change(frame) : undefined;

  it("records", async () => {
    const seen: number[] = [];
    const record: Hook = ({ kind, payload }) => {
      seen.push(kind.length, payload.length);
      return undefined;
    };
    expect(await exchange({ [hook]: record }, 1)).toEqual([[1, 1]]);
    expect(seen).toEqual([4, 2, 3, 0]);
  });

  it("drops", async () => {
    const drop = only(({ payload }) => (payload[0] === 2 ? [] : undefined));
    expect(await exchange({ [hook]: drop })).toEqual([
      [1, 1],
      [3, 3],
    ]);
  });

  it("duplicates", async () => {
    const duplicate = only((frame) => [frame, frame]);
    expect(await exchange({ [hook]: duplicate }, 1)).toEqual([
      [1, 1],
      [1, 1],
    ]);
  });

  it("corrupts", async () => {
    const corrupt = only(({ kind, payload }) => [
      { kind, payload: payload.map((byte) => byte ^ 1) },
    ]);
    expect(await exchange({ [hook]: corrupt }, 1)).toEqual([[0, 0]]);
  });

  it("delays, and keeps the order", async () => {
    const delay: Hook = async ({ payload }) => {
      await new Promise((resolve) => setTimeout(resolve, payload[0] === 1 ? 20 : 0));
      return undefined;
    };
    expect((await exchange({ [hook]: delay })).map(([first]) => first)).toEqual([1, 2, 3]);
  });
});

it("a hook that throws ends in a typed error", async () => {
  const [left, right] = memoryPair();
  const thrown = new MoongateError("MESSAGE_INVALID", "for this test");
  const refuse = (): never => {
    throw thrown;
  };
  await expect(intercept(left, { onSend: refuse }).send("data")).rejects.toBe(thrown);
  const to = intercept(right, { onReceive: refuse });
  const waiting = to.receive("data");
  await left.send("data");
  await expect(waiting).rejects.toBe(thrown);
});
