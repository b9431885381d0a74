// The one way a program publishes figures: a JSON document, the pages drawn from it, and a verdict.
import { mkdir, writeFile } from "node:fs/promises";
import { availableParallelism, cpus } from "node:os";
import { join } from "node:path";
import { repository } from "../repository.ts";
import { type Sections, writeSections } from "./page.ts";

/** The machine and the release of Node that figures were measured on. */
export interface Environment {
  readonly node: string;
  readonly cpu: string;
  readonly cores: number;
}

/** What every document of figures begins with. */
export interface Measured {
  readonly format: string;
  readonly version: number;
  /** ISO 8601. */
  readonly when: string;
  readonly environment: Environment;
}

/** A target with what was measured and whether it is met. */
export interface Judged {
  readonly what: string;
  readonly measured: string;
  readonly target: string;
  readonly met: boolean;
}

/** The head of a document of figures that is measured now. */
export function measuredNow(name: string, version: number): Measured {
  return {
    format: `moongate-${name}`,
    version,
    when: new Date().toISOString(),
    environment: {
      node: process.version,
      cpu: cpus().at(0)?.model ?? "an unknown processor",
      cores: availableParallelism(),
    },
  };
}

/** Where and when, in words. */
export function measuredOn({ when, environment: { cores, cpu, node } }: Measured): string {
  return `${when.slice(0, 10)} on ${cores} cores (${cpu}), Node ${node}`;
}

/**
 * Writes docs/benchmarks/NAME.json, NAME being the document's format without its prefix, and the
 * sections of each page, whose path is given under docs/.
 */
export async function publish(
  document: Measured,
  pages: Readonly<Record<string, Sections>>,
): Promise<void> {
  const docs = repository("docs");
  await mkdir(join(docs, "benchmarks"), { recursive: true });
  const file = join(docs, "benchmarks", `${document.format.replace("moongate-", "")}.json`);
  await writeFile(file, `${JSON.stringify(document, undefined, 1)}\n`);
  for (const [page, sections] of Object.entries(pages)) {
    await writeSections(join(docs, page), sections);
  }
}

/** Prints sections in place of publishing them, as a quick run does. */
export function show(sections: Sections): void {
  process.stdout.write(`${Object.values(sections).join("\n\n")}\n`);
}

/** Says which targets are missed; the process then ends with status 1. */
export function judge(judged: readonly Judged[]): void {
  for (const { what, measured, target, met } of judged) {
    if (met) continue;
    say(`MISSED: ${what}: ${measured}, and it should be ${target}`);
    process.exitCode = 1;
  }
}

/** One line of progress, beside what the program prints. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
