import type { MoongateError } from "@moongate/errors";
import type { CommerceDefences, MediaDefences } from "@moongate/defences";
import type { DefencePlan, Side } from "@moongate/messages";
import type { Phase } from "@moongate/telemetry";
import type { Frame, Hook } from "@moongate/transport";
import { matrixOf, named } from "@moongate/views";
import { describe, expect, it } from "vitest";
import { FederationWorld, type Endings, type WorldOptions } from "./testing/federation-world.ts";

const MODEL = { kind: "relu", epochs: 2, batchSize: 64, hidden: 3, tower: 4 } as const;
const split = (options: WorldOptions = {}): Promise<FederationWorld> =>
  FederationWorld.create({
    ...options,
    plan: { protocol: "split", model: MODEL, ...options.plan },
    accept: { protocols: ["split"], ...options.accept },
  });

const errorOf = (endings: Endings, side: Side): MoongateError => {
  const { error } = endings[side];
  if (error === undefined) throw new Error(`${side} ended well`);
  return error;
};

/** Changes the second frame of that kind. */
function second(kind: string, change: (payload: Uint8Array) => Uint8Array): Hook {
  let seen = 0;
  return (frame: Frame) => {
    if (frame.kind !== kind || ++seen !== 2) return undefined;
    return [{ kind, payload: change(frame.payload) }];
  };
}

const cutShort = (payload: Uint8Array): Uint8Array => payload.subarray(0, -4);
const notANumber = (payload: Uint8Array): Uint8Array => {
  const values = Uint8Array.from(payload);
  new DataView(values.buffer).setFloat32(0, Number.NaN, true);
  return values;
};

describe.each([
  ["media", "embed", "commerce"],
  ["commerce", "grad", "media"],
] as const)("when %s sends a frame of kind %s", (sender, kind, victim) => {
  it.each([
    ["of a wrong size", cutShort, "length"],
    ["with what is no number", notANumber, "values"],
  ])("%s, the other refuses it and all end", async (_, change, field) => {
    const world = await split({ onInnerSend: { [sender]: second(kind, change) } });
    const endings = await world.run();
    const error = errorOf(endings, victim);
    expect(error).toMatchObject({ code: "FRAME_INVALID", details: { kind, field } });
    expect(error.message).toContain(`a frame of kind ${kind} h`);
    expect(errorOf(endings, sender).message).toContain(
      `${victim} ended the session: FRAME_INVALID`,
    );
    expect(endings.coordinator?.error?.message).toContain("FRAME_INVALID");
  });

  it("no more, the other's patience ends", async () => {
    let seen = 0;
    const dropping: Hook = (frame) => (frame.kind === kind && ++seen > 1 ? [] : undefined);
    const world = await split({
      timeouts: { messageMs: 200 },
      onInnerSend: { [sender]: dropping },
    });
    const endings = await world.run();
    expect(errorOf(endings, victim).code).toBe("PEER_TIMEOUT");
    expect(errorOf(endings, sender).code).toMatch(/PEER_TIMEOUT|PEER_ABORTED/);
  });
});

describe("a split session", () => {
  it("is refused by media unless it agreed to the protocol", async () => {
    const endings = await (await split({ accept: { protocols: ["masked"] } })).run();
    expect(errorOf(endings, "media")).toMatchObject({
      code: "SESSION_REFUSED",
      message: "media does not agree to protocol split",
    });
    expect(errorOf(endings, "commerce").message).toContain("does not agree to protocol split");
  });

  it.each(["training", "evaluation", "close"] as const satisfies Phase[])(
    "ends for all when media is interrupted during %s",
    async (phase) => {
      const world = await split({
        onEvent: (side, event, own) => {
          if (side === "media" && event.event === "phase-started" && event.phase === phase) {
            own.interrupt("media");
          }
        },
      });
      const endings = await world.run();
      expect(errorOf(endings, "media").code).toBe("INTERRUPTED");
      expect(errorOf(endings, "commerce").message).toContain(
        "media ended the session: INTERRUPTED",
      );
    },
  );

  it.each([
    [{ embedding: { kind: "noise", clip: 1, multiplier: 1 } }, "media", "noise"],
    [{ gradient: { kind: "max-norm" } }, "commerce", "max-norm"],
    [{ labels: { kind: "randomised-response", epsilon: 1 } }, "commerce", "randomised-response"],
  ] as const)("with %j fails at who has no such defence", async (defence, side, kind) => {
    const endings = await (await split({ plan: { defence } })).run();
    expect(errorOf(endings, side)).toMatchObject({
      code: "INTERNAL",
      message: `this process has no defence ${kind}`,
    });
  });
});

describe("the defences of a split session", () => {
  const plan = {
    labels: { kind: "randomised-response", epsilon: 1 },
    gradient: { kind: "gaussian", clip: 1, multiplier: 1 },
    embedding: { kind: "noise", clip: 1, multiplier: 1 },
  } satisfies DefencePlan;

  it("see what they defend, and what they make of it is what crosses", async () => {
    const asked: string[] = [];
    const media: MediaDefences = (given, key) => {
      expect([given, key.length]).toEqual([plan, 32]);
      return {
        embedding: {
          apply: (embedding, { rows, cut }) => {
            expect(embedding.length).toBe(rows * cut);
            return embedding.map(() => 7);
          },
          penalty: (features, embedding, { rows, cols, cut }) => {
            asked.push("penalty");
            expect([features.length, embedding.length]).toEqual([rows * cols, rows * cut]);
            return new Float32Array(rows * cut);
          },
        },
      };
    };
    const commerce: CommerceDefences = (given, key) => {
      expect([given, key.length]).toEqual([plan, 32]);
      return {
        labels: {
          targets: (labels, count, rows) => {
            asked.push("labels");
            expect(labels.length).toBe(rows * count);
            return Float32Array.from(labels, (label) => (label - 0.25) / 0.5);
          },
        },
        gradient: {
          apply: (gradient, { rows, labels, labelCount, cut }) => {
            expect(gradient.length).toBe(rows.length * cut);
            expect(labels.length).toBe(rows.length * labelCount);
            return gradient.map((_, at) => labels[Math.floor(at / cut) * labelCount] ?? 0);
          },
        },
      };
    };
    const world = await split({
      plan: { defence: plan },
      tables: { labels: ["a", "b"] },
      labels: ["a", "b"],
      views: "honest",
      defences: { media, commerce },
    });
    const endings = await world.run();
    if (endings.media.error) throw endings.media.error;
    const [received, seen] = [world.views.commerce, world.views.media];
    if (received === undefined || seen === undefined) throw new Error("no views");
    for (const tensor of named(received, "embedding")) {
      expect(matrixOf(received, tensor).values.every((value) => value === 7)).toBe(true);
    }
    const labels = matrixOf(received, named(received, "own/labels")[0] ?? fail()).values;
    const batch = matrixOf(seen, named(seen, "batch")[0] ?? fail()).values;
    const gradient = matrixOf(seen, named(seen, "cut-gradient")[0] ?? fail());
    batch.forEach((row, at) => {
      expect(gradient.values[at * gradient.cols]).toBe(labels[row * 2]);
    });
    expect(asked.filter((what) => what === "labels")).toEqual(["labels"]);
    expect(asked.length).toBe(1 + named(seen, "cut-gradient").length);
    const why = endings.media.outcome.disclosures.map((line) => line.why).join(" ");
    expect(why).toContain("defended by randomised-response and gaussian");
    expect(why).toContain("defended by noise");
  });

  it("may ask for a model of commerce's own columns", async () => {
    let scored: ArrayLike<number> = [];
    const commerce: CommerceDefences = (_plan, _key, stageModel) => ({
      labels: {
        targets: async (labels, count, rows) => {
          const half = Math.floor(rows / 2);
          const train = Uint32Array.from({ length: half }, (_, at) => at);
          const rest = Uint32Array.from({ length: rows - half }, (_, at) => half + at);
          const targets = Float32Array.from(labels.subarray(0, half * count));
          scored = await stageModel({ rows: train, targets }, rest, count);
          return Float32Array.from(labels);
        },
      },
    });
    const labels = { kind: "lp-2st", epsilon: 1, prior: 0.5 } as const;
    const world = await split({ plan: { defence: { labels } }, defences: { commerce } });
    const endings = await world.run();
    if (endings.commerce.error) throw endings.commerce.error;
    const { train } = endings.commerce.outcome.rows;
    expect(scored.length).toBe(train - Math.floor(train / 2));
    expect(Array.from(scored).every((each) => each > 0 && each < 1)).toBe(true);
  });
});

function fail(): never {
  throw new Error("nothing was recorded");
}
