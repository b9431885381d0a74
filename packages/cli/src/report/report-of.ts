import { resolve } from "node:path";
import { MoongateError } from "@moongate/errors";
import { type Language, writeComparison, writeRunReport } from "@moongate/run-report";
import type { Io } from "../terminal/io.ts";

/** Name of the page of several runs if none is given. */
const COMPARISON_FILE = "comparison.html";

/**
 * Writes the page of one run into its folder, or that of several to a file.
 * @returns the file.
 * @throws MoongateError FILE_MISSING for a folder without a finished run; USAGE.
 */
export async function reportOf(
  runs: readonly string[],
  { out, env }: { readonly out: string | undefined; readonly env: Io["env"] },
): Promise<string> {
  const [first = "", ...others] = runs;
  const language = languageOf(env);
  if (others.length > 0) return writeComparison(runs, resolve(out ?? COMPARISON_FILE), language);
  if (out === undefined) return writeRunReport(first, language);
  throw new MoongateError("USAGE", "--out is for the page of several runs", {
    cure: "Leave it out: the report of one run stands in the run's own folder.",
  });
}

/** The language that a page opens in: what the user's system speaks, if the page knows it. */
export function languageOf(env: Io["env"]): Language {
  const spoken = [env["LC_ALL"], env["LC_MESSAGES"], env["LANG"]].find(
    (value) => value !== undefined && value !== "",
  );
  return spoken?.startsWith("zh") === true ? "zh" : "en";
}

/** Writes a report; a page that cannot be written is said, and is no reason to lose a run. */
export async function tryReport(folder: string, { env, stderr }: Io): Promise<string | undefined> {
  try {
    return await writeRunReport(folder, languageOf(env));
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    stderr.write(
      `note: no report was written (${why}); \`moongate report ${folder}\` tries again\n`,
    );
    return undefined;
  }
}
