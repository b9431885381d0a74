// What each full run of bench:speed measured, a line a run: machines of one kind differ by the day, and
// a kernel without sockets or frameworks says how fast this one was.
import { readFile, writeFile } from "node:fs/promises";
import { markdown, number } from "./page.js";

const KERNEL = "multiply 1024x64 by 64x16";

/** The line of a report of bench:speed. */
export function dayOf({ when, environment, kernels, training }) {
  const rows = (model) => training.find((each) => each.model === model)?.rowsPerSecond;
  return {
    when,
    ...environment,
    multiplyAddsPerSecond: kernels[KERNEL].multiplyAddsPerSecond,
    logistic: rows("logistic"),
    sine: rows("sine"),
  };
}

/** Adds a run to the file of all runs, in order of time, and returns them all. */
export async function addDay(file, day) {
  const before = JSON.parse(await readFile(file, "utf8"));
  const days = [...before.filter(({ when }) => when !== day.when), day].toSorted((a, b) =>
    a.when.localeCompare(b.when),
  );
  await writeFile(file, `${JSON.stringify(days, undefined, 1)}\n`);
  return days;
}

export function daysTable(days) {
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
