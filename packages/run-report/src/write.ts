import { join } from "node:path";
import { writeWhole } from "@moongate/files";
import { loadRun } from "./model/load-run.ts";
import { comparisonPage } from "./page/comparison.ts";
import { runPage } from "./page/page.ts";
import type { Language } from "./words/words.ts";

/** The report in a run's folder. */
export const REPORT_FILE = "report.html";

/**
 * Writes the report of a run into its own folder, from what the run left there.
 * @param language what the page opens in; the other one is a click away.
 * @returns the file.
 * @throws MoongateError FILE_MISSING for a folder without a finished run.
 */
export async function writeRunReport(folder: string, language: Language = "en"): Promise<string> {
  const run = await loadRun(folder);
  const file = join(run.directory, REPORT_FILE);
  await writeWhole(file, runPage(run, language));
  return file;
}

/**
 * Writes one page of several runs to a file.
 * @returns the file.
 * @throws MoongateError FILE_MISSING for a folder without a finished run.
 */
export async function writeComparison(
  folders: readonly string[],
  file: string,
  language: Language = "en",
): Promise<string> {
  const runs = await Promise.all(folders.map(loadRun));
  await writeWhole(file, comparisonPage(runs, language));
  return file;
}
