// Whole sessions: three processes, sockets, TLS, files; what `moongate demo --json` reports.
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { type ResultDocument, resultSchema } from "@moongate/results";
import { withFolder } from "../folder.ts";
import { repository } from "../repository.ts";

const MOONGATE = repository("packages/cli/bin/moongate.js");
const run = promisify(execFile);

export const PROCESSES = ["coordinator", "media", "commerce"] as const;
/** One value for each process of a session. */
export type ByProcess<Value> = Readonly<Record<(typeof PROCESSES)[number], Value>>;

export interface DemoOptions {
  /** The folder it runs in, where a population made without tables stays; by default its own. */
  readonly where?: string | undefined;
  readonly env?: Readonly<Record<string, string>> | undefined;
}

/** The result document of a demo with these command-line options. */
export function demo(
  options: readonly string[],
  { where, env }: DemoOptions = {},
): Promise<ResultDocument> {
  return withFolder("bench", async (folder) => {
    const args = ["demo", "--json", "--out", join(folder, "run"), ...options];
    const { stdout } = await run(process.execPath, [MOONGATE, ...args], {
      maxBuffer: 2 ** 26,
      cwd: where ?? folder,
      env: { ...process.env, ...env },
    });
    return resultSchema.parse(JSON.parse(stdout));
  });
}
