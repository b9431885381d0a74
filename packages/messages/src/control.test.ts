import { MoongateError } from "@moongate/errors";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ControlMessage, decodeControl, encodeControl, MAX_CONTROL_BYTES } from "./control.ts";
import { makePlan } from "./plan.ts";
import { planDigest, type PredictionPlan } from "./session-plan.ts";
import { PROTOCOL_VERSION } from "./version.ts";

const digest = "ab".repeat(32);
const plan = makePlan("s", ["bought"]);
const { seed, protocol, model, labels, alignment, defence } = plan;
const prediction: PredictionPlan = {
  ...{ task: "predict", version: 1, session: "s", modelId: "cd".repeat(16) },
  ...{ seed, protocol, model, labels, alignment, defence },
};
const rows = { train: 7, validation: 1, test: 2 };

const MESSAGES: readonly ControlMessage[] = [
  {
    type: "join",
    version: PROTOCOL_VERSION,
    session: "s",
    role: "media",
    fingerprint: digest,
    peer: digest,
  },
  { type: "plan", plan },
  { type: "plan", plan: prediction },
  { type: "accept", plan: planDigest(plan) },
  { type: "welcome", incarnation: 1, plan, peer: digest },
  { type: "aligned", media: 3, commerce: 4, matched: 2 },
  { type: "shape", width: 5, rows },
  { type: "start", rows, width: { media: 5, commerce: 6 } },
  { type: "phase", phase: "training" },
  { type: "done" },
  { type: "farewell", seen: [], traffic: [], peakBytes: 100_000_000, cpuSeconds: { total: 1.5 } },
  {
    type: "abort",
    code: "PEER_LOST",
    cause: "media went away",
    cure: "start again",
    by: "coordinator",
  },
];

const bytes = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

function codeOf(payload: Uint8Array): { code: string; message: string } {
  try {
    decodeControl(payload);
  } catch (thrown) {
    if (thrown instanceof MoongateError) return thrown;
    throw thrown;
  }
  throw new Error("nothing was refused");
}

describe("control messages", () => {
  it.each(MESSAGES.map((message) => [message.type, message] as const))(
    "%s round-trips",
    (_, message) => {
      expect(decodeControl(encodeControl(message))).toEqual(message);
    },
  );

  it.each(MESSAGES.map((message) => [message.type, message] as const))(
    "%s is refused with a key too many, or one too few",
    (type, message) => {
      expect(codeOf(bytes({ ...message, extra: 1 })).message).toContain('unknown key "extra"');
      for (const key of Object.keys(message).filter(
        (each) => each !== "type" && each !== "version",
      )) {
        const lacking = { ...message, [key]: undefined };
        expect(codeOf(bytes(lacking)), `${type} without ${key}`).toMatchObject({
          code: "MESSAGE_INVALID",
        });
      }
    },
  );

  it("of another version are refused as such, whatever else they say", () => {
    const join = { type: "join", version: PROTOCOL_VERSION + 1, somethingNew: true };
    expect(codeOf(bytes(join)).code).toBe("VERSION_MISMATCH");
  });

  it("above the limit are refused before they are read", () => {
    expect(codeOf(new Uint8Array(MAX_CONTROL_BYTES + 1)).code).toBe("FRAME_TOO_LARGE");
  });

  it("that are nonsense are refused as MESSAGE_INVALID, always", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.jsonValue().map(bytes)),
        (payload) => {
          expect(codeOf(payload).code).toBe("MESSAGE_INVALID");
        },
      ),
    );
  });
});
