import { asMoongateError, MoongateError } from "@moongate/errors";
import { checked, countSchema, digestSchema, seenRowSchema } from "@moongate/messages";
import { cpuSecondsSchema } from "@moongate/telemetry";
import type { Link } from "@moongate/transport";
import { z } from "zod";

const NOTE_KIND = "note";
const MAX_NOTE_BYTES = 64 * 1024;

/** The JSON messages between the parties, inside their own channel. */
const noteSchema = z.discriminatedUnion("type", [
  /** The first note, each to the other. */
  z.strictObject({
    type: z.literal("hello"),
    /** Both must have been shown the same plan and the same incarnation. */
    plan: digestSchema,
    incarnation: z.number().int(),
    /** Rows of the own table. */
    rows: countSchema,
  }),
  /** The tag of the own share of a model that was trained or is to be used, each to the other. */
  z.strictObject({ type: z.literal("model"), tag: digestSchema }),
  /** The last note, media to commerce, for the result document. */
  z.strictObject({
    type: z.literal("seen"),
    seen: z.array(seenRowSchema).max(64),
    peakBytes: countSchema,
    cpuSeconds: cpuSecondsSchema,
  }),
]);
type Note = z.infer<typeof noteSchema>;
type NoteOf<T extends Note["type"]> = Extract<Note, { type: T }>;

export function sendNote(inner: Link, note: Note): Promise<void> {
  return inner.send(NOTE_KIND, new TextEncoder().encode(JSON.stringify(note)));
}

/** @throws MoongateError MESSAGE_INVALID naming the field, FRAME_TOO_LARGE, PEER_TIMEOUT */
export async function receiveNote<T extends Note["type"]>(
  inner: Link,
  type: T,
  timeoutMs: number,
): Promise<NoteOf<T>> {
  const payload = await inner.receive(NOTE_KIND, { timeoutMs });
  if (payload.length > MAX_NOTE_BYTES) {
    throw new MoongateError(
      "FRAME_TOO_LARGE",
      `a note of ${inner.peer} has ${payload.length} bytes`,
    );
  }
  const note = checked(noteSchema, parsed(payload), "MESSAGE_INVALID", `a note of ${inner.peer}`);
  if (note.type !== type) {
    throw new MoongateError(
      "MESSAGE_INVALID",
      `"type": expected ${type}, ${inner.peer} sent ${note.type}`,
    );
  }
  return note as NoteOf<T>;
}

function parsed(payload: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(payload));
  } catch (thrown) {
    throw new MoongateError("MESSAGE_INVALID", "a note is not JSON", {
      cause: asMoongateError(thrown),
    });
  }
}
