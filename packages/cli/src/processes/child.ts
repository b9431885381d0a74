import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { type ProcessEvent, processEventSchema, type Refusal } from "./events.ts";

export type RoleName = "coordinator" | "media" | "commerce";

/** How a child ended: `refusal` is what it said itself, if it could still say something. */
export interface ChildEnd {
  readonly role: RoleName;
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly refusal?: Refusal;
  /** The last it wrote to standard error. */
  readonly words: string;
  /** True if its driver killed it, since the others were at fault. */
  readonly stopped?: true;
}

/** One Moongate process started by another. */
export interface Child {
  readonly role: RoleName;
  readonly pid: number | undefined;
  readonly ended: Promise<ChildEnd>;
  kill(signal: NodeJS.Signals): void;
}

const ENTRY = fileURLToPath(new URL("../../bin/moongate.js", import.meta.url));
const WORDS_KEPT = 16_384;

/**
 * Starts `moongate ROLE --config FILE --progress json`.
 *
 * The child also gets an IPC channel that carries no message: when this process dies, however
 * it dies, the channel closes and the child ends itself (see `interruption`).
 */
export function startChild(
  role: RoleName,
  configFile: string,
  onEvent: (event: ProcessEvent) => void,
): Child {
  const args = [ENTRY, role, "--config", configFile, "--progress", "json"];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe", "ipc"] });
  let refusal: Refusal | undefined;
  let words = "";
  let killed = false;
  const hear = (event: ProcessEvent): void => {
    if (event.event === "failed") refusal = event.error;
    onEvent(event);
  };
  readEvents(child, hear);
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    words = (words + text).slice(-WORDS_KEPT);
  });
  const ended = new Promise<ChildEnd>((resolve) => {
    const end = (status: number | null, signal: NodeJS.Signals | null): void => {
      const stopped = killed && signal === "SIGKILL" ? ({ stopped: true } as const) : {};
      const said = refusal === undefined ? {} : { refusal };
      resolve({ role, status, signal, words, ...said, ...stopped });
    };
    child.once("close", end);
    child.once("error", (error) => {
      words += error.message;
      end(null, null);
    });
  });
  return {
    role,
    pid: child.pid,
    ended,
    kill: (signal) => {
      killed ||= signal === "SIGKILL";
      child.kill(signal);
    },
  };
}

/** Lines that are no event are left out: a driver must not fall over a stray word. */
function readEvents(child: ChildProcess, onEvent: (event: ProcessEvent) => void): void {
  if (child.stdout === null) return;
  createInterface({ input: child.stdout }).on("line", (line) => {
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      return;
    }
    const event = processEventSchema.safeParse(value);
    if (event.success) onEvent(event.data);
  });
}

export function succeeded(end: ChildEnd): boolean {
  return end.status === 0;
}
