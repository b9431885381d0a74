import { appendFile, mkdir, readFile, truncate } from "node:fs/promises";
import { join } from "node:path";
import { MoongateError } from "@moongate/errors";
import { type UnitResult, unitResultSchema } from "./unit.ts";

/** The results of a grid's folder: one JSON document a line, one line a unit. */
export const UNITS_FILE = "units.ndjson";

/**
 * What earlier starts have left, by unit; of a unit that came twice, the last. A line that was cut
 * off by a crash is passed over: its unit is computed again.
 *
 * @throws MoongateError FILE_INVALID for a whole line that is no result.
 */
export async function readResults(folder: string): Promise<Map<string, UnitResult>> {
  const file = join(folder, UNITS_FILE);
  const text = await readFile(file, "utf8").catch(() => "");
  const results = new Map<string, UnitResult>();
  // What follows the last line's end was cut off.
  const lines = text.split("\n").slice(0, -1);
  lines.forEach((line, at) => {
    const result = unitResultSchema.safeParse(parsed(line));
    if (!result.success) {
      const cause = `line ${at + 1} of ${file} is not the result of a unit`;
      throw new MoongateError("CONFIG_INVALID", cause, {
        cure: "Name a new folder with --out, or take that line out.",
      });
    }
    results.set(result.data.unit.id, result.data);
  });
  return results;
}

/** Adds lines, after taking away one that a crash cut off. */
export class ResultStore {
  readonly #file: string;
  #last: Promise<void>;

  constructor(folder: string) {
    this.#file = join(folder, UNITS_FILE);
    this.#last = this.#begin(folder);
  }

  add(results: readonly UnitResult[]): Promise<void> {
    const lines = results.map((result) => `${JSON.stringify(result)}\n`).join("");
    this.#last = this.#last.then(() => appendFile(this.#file, lines));
    return this.#last;
  }

  async #begin(folder: string): Promise<void> {
    await mkdir(folder, { recursive: true });
    const bytes = await readFile(this.#file).catch(() => Buffer.alloc(0));
    const whole = bytes.lastIndexOf("\n") + 1;
    if (whole < bytes.length) await truncate(this.#file, whole);
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
