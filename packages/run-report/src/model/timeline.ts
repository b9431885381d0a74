import type { Role } from "@moongate/messages";
import { z } from "zod";

/** A stretch of time that one process spent in one phase, in seconds since the first of all. */
export interface PhaseSpan {
  readonly phase: string;
  readonly from: number;
  readonly to: number;
}

export interface Lane {
  readonly role: Role;
  readonly spans: readonly PhaseSpan[];
}

const lineSchema = z.looseObject({
  time: z.iso.datetime(),
  msg: z.string(),
  phase: z.string().optional(),
  role: z.string().optional(),
});
type Line = z.infer<typeof lineSchema>;

/**
 * The phases of each process, as its own log has them. Processes of a demo share one clock; logs of
 * other machines never meet in one folder.
 */
export function lanesOf(logs: readonly { readonly role: Role; readonly text: string }[]): Lane[] {
  const raw = logs.map(({ role, text }) => {
    const lines = text.split("\n").flatMap(parsed);
    return { role, spans: role === "coordinator" ? toldSpans(lines) : ownSpans(lines) };
  });
  const first = Math.min(...raw.flatMap(({ spans }) => spans.map(({ from }) => from)));
  return raw
    .filter(({ spans }) => spans.length > 0)
    .map(({ role, spans }) => ({
      role,
      spans: spans.map(({ phase, from, to }) => ({
        phase,
        from: (from - first) / 1000,
        to: (to - first) / 1000,
      })),
    }));
}

/** A party says when each of its phases starts and ends. */
function ownSpans(lines: readonly Line[]): PhaseSpan[] {
  const started = new Map<string, number>();
  return lines.flatMap(({ msg, phase, time }) => {
    if (phase === undefined) return [];
    if (msg === "phase started") started.set(phase, Date.parse(time));
    const from = started.get(phase);
    if (msg !== "phase ended" || from === undefined) return [];
    return [{ phase, from, to: Date.parse(time) }];
  });
}

/** The coordinator is in the phase that commerce last told it; its session ends the last one. */
function toldSpans(lines: readonly Line[]): PhaseSpan[] {
  const told = lines.filter(({ msg, role }) => msg === "phase" && role === "commerce");
  const end = lines.findLast(({ msg }) => msg === "session ended");
  return told.flatMap(({ phase = "", time }, index) => {
    const next = told[index + 1] ?? end;
    if (next === undefined) return [];
    return [{ phase, from: Date.parse(time), to: Date.parse(next.time) }];
  });
}

function parsed(line: string): Line[] {
  try {
    const read = lineSchema.safeParse(JSON.parse(line));
    return read.success ? [read.data] : [];
  } catch {
    return [];
  }
}
