import { MoongateError } from "@moongate/errors";
import type { Link } from "@moongate/transport";
import type { SentFrames } from "./sent-frames.ts";

/** Frames from media, and from commerce: raw little-endian f32, row-major. */
export type SplitKind = "embed" | "grad";

const WHAT: Readonly<Record<SplitKind, string>> = {
  embed: "embeddings",
  grad: "gradients of the cut layer",
};

/**
 * Sends one matrix in the parties' own channel.
 * @param values finite numbers: the other party refuses anything else.
 * @param sent record of a training's frames: a repeat sends nothing that the run did not.
 * @throws MoongateError REPEAT_MISMATCH
 */
export async function sendRows(
  inner: Link,
  kind: SplitKind,
  values: Float32Array,
  sent?: SentFrames,
): Promise<void> {
  const payload = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  sent?.add(kind, payload);
  await inner.send(kind, payload);
}

/**
 * Receives one matrix; a round of the session.
 * @throws MoongateError FRAME_INVALID naming the field: length, values; PEER_TIMEOUT.
 */
export async function receiveRows(
  inner: Link,
  kind: SplitKind,
  shape: { readonly rows: number; readonly cut: number },
  timeoutMs: number,
): Promise<Float32Array> {
  const payload = await inner.receive(kind, { timeoutMs });
  const length = shape.rows * shape.cut;
  if (payload.length !== length * Float32Array.BYTES_PER_ELEMENT) {
    const expected = `${length * Float32Array.BYTES_PER_ELEMENT} for ${shape.rows}×${shape.cut}`;
    throw invalid(kind, "length", `has ${payload.length} bytes, not ${expected}`);
  }
  // Frames begin at a multiple of 8 bytes.
  const values = new Float32Array(payload.buffer, payload.byteOffset, length);
  if (!values.every(Number.isFinite)) {
    throw invalid(kind, "values", `holds ${WHAT[kind]} that are not finite numbers`);
  }
  return values;
}

function invalid(kind: SplitKind, field: string, fault: string): MoongateError {
  return new MoongateError("FRAME_INVALID", `a frame of kind ${kind} ${fault}`, {
    details: { kind, field },
  });
}
