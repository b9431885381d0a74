// Each full run of bench:speed leaves a line: machines of one kind differ by the day, and a kernel
// without sockets or frameworks says how fast this one was.
import { readFile, writeFile } from "node:fs/promises";
import { markdown, number } from "../figures/page.ts";
import type { Environment } from "../figures/publish.ts";
import { figureOf } from "./kernels.ts";
import { ofModel, type SpeedReport } from "./report.ts";

/** What one full run measured. */
export interface Day extends Environment {
  /** ISO 8601. */
  readonly when: string;
  readonly multiplyAddsPerSecond: number;
  /** Rows a second. */
  readonly logistic: number;
  /** Rows a second. */
  readonly sine: number;
}

const KERNEL = "multiply 1024x64 by 64x16";

/** The line of a report of bench:speed. */
export function dayOf({ when, environment, kernels, training }: SpeedReport): Day {
  return {
    when,
    ...environment,
    multiplyAddsPerSecond: figureOf(kernels, KERNEL, "multiplyAddsPerSecond"),
    logistic: ofModel(training, "logistic").rowsPerSecond,
    sine: ofModel(training, "sine").rowsPerSecond,
  };
}

/** Adds a run to the file of all runs, in order of time, and returns them all. */
export async function addDay(file: string, day: Day): Promise<Day[]> {
  const before = JSON.parse(await readFile(file, "utf8")) as Day[];
  const days = [...before.filter(({ when }) => when !== day.when), day].toSorted((a, b) =>
    a.when.localeCompare(b.when),
  );
  await writeFile(file, `${JSON.stringify(days, undefined, 1)}\n`);
  return days;
}

export function daysTable(days: readonly Day[]): string {
  return markdown(
    [
      "measured",
      "ring products, billion multiply-adds a second",
      "logistic regression, rows/s",
      "sine network, rows/s",
      "rows of the sine network a million multiply-adds of the kernel",
    ],
    days.map(({ when, multiplyAddsPerSecond: speed, logistic, sine }) => [
      `${when.slice(0, 10)} ${when.slice(11, 16)} UTC`,
      (speed / 1e9).toFixed(2),
      number(logistic),
      number(sine),
      (sine / (speed / 1e6)).toFixed(1),
    ]),
  );
}
