import { CROSSING, type CrossingCode, MoongateError } from "@moongate/errors";
import { z } from "zod";
import { checked } from "./parse.ts";
import { cpuSecondsSchema } from "@moongate/telemetry";
import { phaseSchema } from "@moongate/telemetry";
import { sessionNameSchema } from "./plan.ts";
import {
  countSchema,
  digestSchema,
  roleSchema,
  sideSchema,
  partitionRowsSchema,
  widthSchema,
} from "./roles.ts";
import { seenRowSchema, trafficRowSchema } from "./seen.ts";
import { sessionPlanSchema } from "./session-plan.ts";
import { PROTOCOL_VERSION } from "./version.ts";

/** The frame kind of control messages, and the largest one. */
export const CONTROL_KIND = "control";
export const MAX_CONTROL_BYTES = 64 * 1024;

const codes = Object.keys(CROSSING) as [CrossingCode, ...CrossingCode[]];

/** Party to coordinator, first: who I am and which session I want. */
export const joinSchema = z.strictObject({
  type: z.literal("join"),
  version: z.literal(PROTOCOL_VERSION),
  session: sessionNameSchema,
  role: sideSchema,
  /** The fingerprint of the certificate that the party shows on both channels. */
  fingerprint: digestSchema,
  /** The fingerprint that the party pins for the other party's certificate. */
  peer: digestSchema,
});

/** Commerce to coordinator, and on to media: what shall be computed. */
export const proposalSchema = z.strictObject({
  type: z.literal("plan"),
  plan: sessionPlanSchema,
});

/** Media to coordinator: I agree to the plan of that digest. */
const acceptSchema = z.strictObject({ type: z.literal("accept"), plan: digestSchema });

/** Coordinator to both: the session begins; sealed frames are relayed from now on. */
export const welcomeSchema = z.strictObject({
  type: z.literal("welcome"),
  incarnation: z
    .number()
    .int()
    .min(1)
    .max(2 ** 31),
  plan: sessionPlanSchema,
  /** Fingerprint of the other party, as the coordinator sees it. */
  peer: digestSchema,
});

/** Coordinator to both after keyed alignment: what it learnt. */
export const alignedSchema = z.strictObject({
  type: z.literal("aligned"),
  media: countSchema,
  commerce: countSchema,
  matched: countSchema,
});

/** Coordinator to both after hidden alignment: all that it says of what it learnt. */
export const slotsSchema = z.strictObject({
  type: z.literal("slots"),
  rows: partitionRowsSchema,
  /** The approximate share of the training slots that both have a row in. */
  overlap: z.number().gt(0).max(1),
});

/** Party to coordinator: the shape of my side of the joint table. */
export const shapeSchema = z.strictObject({
  type: z.literal("shape"),
  width: z.number().int().min(1).max(65_536),
  rows: partitionRowsSchema,
});

/** Coordinator to both: the whole shape; dealing begins. */
export const startSchema = z.strictObject({
  type: z.literal("start"),
  rows: partitionRowsSchema,
  width: widthSchema,
});

/** Party to coordinator, for its log alone: which phase I am in. */
export const phaseMessageSchema = z.strictObject({ type: z.literal("phase"), phase: phaseSchema });

/** Party to coordinator: I need nothing more. */
export const doneSchema = z.strictObject({ type: z.literal("done") });

/** Coordinator to both, last: what I have seen and carried. */
export const farewellSchema = z.strictObject({
  type: z.literal("farewell"),
  seen: z.array(seenRowSchema).max(64),
  traffic: z.array(trafficRowSchema).max(64),
  /** The coordinator's peak memory so far; other sessions it serves are in it. */
  peakBytes: countSchema,
  /** CPU time by the phase that commerce was in; other sessions that it serves are in it. */
  cpuSeconds: cpuSecondsSchema,
});

/** Anyone to anyone: the session is over, and why. */
export const abortSchema = z.strictObject({
  type: z.literal("abort"),
  code: z.enum(codes),
  cause: z.string().max(1000),
  cure: z.string().max(1000),
  by: roleSchema,
});
export type Abort = z.infer<typeof abortSchema>;

export const controlSchema = z.discriminatedUnion("type", [
  joinSchema,
  proposalSchema,
  acceptSchema,
  welcomeSchema,
  alignedSchema,
  slotsSchema,
  shapeSchema,
  startSchema,
  phaseMessageSchema,
  doneSchema,
  farewellSchema,
  abortSchema,
]);
export type ControlMessage = z.infer<typeof controlSchema>;
export type ControlType = ControlMessage["type"];
export type ControlOf<T extends ControlType> = Extract<ControlMessage, { type: T }>;

/** A control message as the payload of one frame. */
export function encodeControl(message: ControlMessage): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(message));
}

/**
 * The control message in a frame that a peer sent.
 * @throws MoongateError FRAME_TOO_LARGE; MESSAGE_INVALID naming the field; VERSION_MISMATCH when
 *   a join comes from another version, whatever else it says.
 */
export function decodeControl(payload: Uint8Array): ControlMessage {
  if (payload.length > MAX_CONTROL_BYTES) {
    throw new MoongateError(
      "FRAME_TOO_LARGE",
      `a control message has ${payload.length} bytes and the limit is ${MAX_CONTROL_BYTES}`,
    );
  }
  const message = parseJson(payload);
  const { success, data } = z
    .looseObject({ type: z.literal("join"), version: z.unknown() })
    .safeParse(message);
  if (success && data.version !== PROTOCOL_VERSION) {
    throw new MoongateError(
      "VERSION_MISMATCH",
      `a party speaks another protocol version than ${PROTOCOL_VERSION}`,
    );
  }
  return checked(controlSchema, message, "MESSAGE_INVALID", "a control message");
}

function parseJson(payload: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(payload));
  } catch (cause) {
    throw new MoongateError("MESSAGE_INVALID", "a control message is not JSON", { cause });
  }
}
