// What several runs say together; intervals are the lab's (@moongate/statistics).
import { seedMean } from "@moongate/statistics";
import { number } from "./page.ts";

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Standard deviation over runs; 0 for a single one. */
export function spread(values: readonly number[]): number {
  return (seedMean(values).error ?? 0) * Math.sqrt(values.length);
}

/** The middle value; of an even number of values the upper one of the two. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b).at(values.length / 2) ?? NaN;
}

/** Mean and standard deviation as the pages show them. */
export function meanAndSpread(values: readonly number[], digits = 4): string {
  return `${number(mean(values), digits)} ± ${number(spread(values), digits)}`;
}
