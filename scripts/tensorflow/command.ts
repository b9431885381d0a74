import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { MoongateError } from "@moongate/errors";

const LAST_LINES = 12;

export interface CommandOptions {
  readonly cwd?: string | undefined;
  /** What the user can do if it fails. */
  readonly cure: string;
}

/**
 * Runs a program to its end and returns what it printed.
 *
 * @throws TENSORFLOW_INSTALL with the last lines the program printed.
 */
export async function run(
  program: string,
  args: readonly string[],
  { cwd, cure }: CommandOptions,
): Promise<string> {
  try {
    const options = { cwd, maxBuffer: 1 << 26 };
    const { stdout } = await promisify(execFile)(program, args, options);
    return stdout;
  } catch (thrown) {
    const { stderr = "", code } = thrown as { stderr?: string; code?: unknown };
    const said = stderr.trim().split("\n").slice(-LAST_LINES).join("\n");
    const cause =
      code === "ENOENT" ? `${program} is not installed` : `${program} failed:\n${said}\n`;
    throw new MoongateError("TENSORFLOW_INSTALL", cause, { cure, cause: thrown });
  }
}
