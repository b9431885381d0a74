import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));
export const ENTRY = fileURLToPath(new URL("../../packages/cli/bin/moongate.js", import.meta.url));

/** How a command ended, and all it wrote. */
export interface Ended {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A running process of a test, killed with the test at the latest. */
export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Resolves with the first line of standard output that matches; rejects if it ends before. */
  line(pattern: RegExp): Promise<string>;
}

const running = new Set<ChildProcess>();

/** Kills what a test left behind; for afterEach. */
export function killLeftovers(): void {
  for (const child of running) child.kill("SIGKILL");
}

type Environment = Readonly<Record<string, string>>;

/** Starts the built `moongate` as a process of its own. */
export function start(args: readonly string[], cwd = ROOT, env: Environment = {}): Running {
  return startNode([ENTRY, ...args], cwd, env);
}

/** Starts any Node program as a process of its own. */
export function startNode(args: readonly string[], cwd = ROOT, env: Environment = {}): Running {
  const child = spawn(process.execPath, args, {
    cwd,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, NO_COLOR: "1", MOONGATE_DEBUG: "", ...env },
  });
  running.add(child);
  let [stdout, stderr] = ["", ""];
  const listeners = new Set<() => void>();
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
    for (const listener of listeners) listener();
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const ended = new Promise<Ended>((resolve) => {
    child.once("close", (status, signal) => {
      running.delete(child);
      resolve({ status, signal, stdout, stderr });
    });
  });
  const line = (pattern: RegExp): Promise<string> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const found = stdout.split("\n").find((each) => pattern.test(each));
        if (found === undefined) return;
        listeners.delete(look);
        resolve(found);
      };
      listeners.add(look);
      void ended.then(() => {
        reject(new Error(`ended before ${String(pattern)} came:\n${stdout}\n${stderr}`));
      });
      look();
    });
  return { child, ended, line };
}

/** Runs the built `moongate` to its end. */
export async function moongate(args: readonly string[], cwd = ROOT): Promise<Ended> {
  return start(args, cwd).ended;
}
