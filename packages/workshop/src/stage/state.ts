import { LINES, type Moment, readMoment, writeMoment } from "../session/moment.ts";
import { PACES, type Pace, type SentFrame } from "../session/protocol.ts";
import type { WorkerRole } from "../session/roles.ts";

/** Eyes with which the session is seen. */
export type Eyes = WorkerRole | "network" | "all";
export const EYES: readonly Eyes[] = ["all", "media", "commerce", "coordinator", "network"];

/** Names one frame of a session: the line it crossed, and its number there, from 1. */
export interface FrameName {
  readonly line: number;
  readonly place: number;
}

/** Everything that a link reopens of a stage. */
export interface StageState {
  readonly pace: Pace;
  readonly eyes: Eyes;
  /** The insecure control: all masks are zero. */
  readonly bare: boolean;
  /** How far the session is; undefined before it began. */
  readonly at: Moment | "end" | undefined;
  /** The frame whose inside is shown. */
  readonly open: FrameName | undefined;
}

export const FRESH: StageState = {
  pace: "run",
  eyes: "all",
  bare: false,
  at: undefined,
  open: undefined,
};

/** True where these eyes see more of a frame than that it passed. */
export const sees = (eyes: Eyes, { from, to }: Pick<SentFrame, "from" | "to">): boolean =>
  eyes === "all" || eyes === from || eyes === to;

/** Reads a stage's part of an address; what is missing or wrong has its default. */
export function readStage(fields: URLSearchParams): StageState {
  const at = fields.get("at");
  return {
    pace: PACES.find((each) => each === fields.get("pace")) ?? FRESH.pace,
    eyes: EYES.find((each) => each === fields.get("eyes")) ?? FRESH.eyes,
    bare: fields.get("masks") === "zero",
    at: at === "end" ? "end" : readMoment(at),
    open: readFrame(fields.get("open")),
  };
}

/** Writes into an address what differs from a fresh stage. */
export function writeStage({ pace, eyes, bare, at, open }: StageState, fields: URLSearchParams) {
  if (pace !== FRESH.pace) fields.set("pace", pace);
  if (eyes !== FRESH.eyes) fields.set("eyes", eyes);
  if (bare) fields.set("masks", "zero");
  if (at !== undefined) fields.set("at", at === "end" ? at : writeMoment(at));
  if (open !== undefined) fields.set("open", `${String(open.line)}.${String(open.place)}`);
}

function readFrame(text: string | null): FrameName | undefined {
  const [line, place, ...more] = (text ?? "").split(".").map(Number);
  if (line === undefined || place === undefined || more.length > 0) return undefined;
  const named = LINES[line] !== undefined && Number.isSafeInteger(place) && place > 0;
  return named ? { line, place } : undefined;
}
