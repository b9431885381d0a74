import { at } from "@moongate/errors";
import type { BooleanColumn, CategoryColumn, NumberColumn } from "../table/table.ts";
import { Random } from "./random.ts";

/** Makes columns of one side's table; each column draws from a stream of its own name. */
export interface ColumnMakers {
  /** Poisson counts with the given mean by user. */
  counts(name: string, mean: (user: number) => number): NumberColumn;
  /** Positive amounts, rounded to `decimals`: `typical` by user, times log-normal noise. */
  amounts(
    name: string,
    decimals: number,
    noise: number,
    typical: (user: number) => number,
  ): NumberColumn;
  /** A 0/1 column of independent coins. */
  coins(name: string, probability: (user: number) => number): NumberColumn;
  /** A TRUE/FALSE column of independent coins. */
  truths(name: string, probability: (user: number) => number): BooleanColumn;
  /** A category drawn in proportion to the weights by user. */
  choices(
    name: string,
    levels: readonly string[],
    weights: (user: number) => readonly number[],
  ): CategoryColumn;
}

/** Makers of columns for all `users`, whether or not they end up on this side. */
export function columnMakers(seed: string, side: string, users: number): ColumnMakers {
  const draw = (name: string, value: (random: Random, user: number) => number): Float64Array => {
    const random = new Random(seed, `${side} ${name}`);
    return Float64Array.from({ length: users }, (_, user) => value(random, user));
  };
  return {
    counts: (name, mean) => ({
      name,
      kind: "number",
      values: draw(name, (random, user) => random.poisson(mean(user))),
    }),
    amounts: (name, decimals, noise, typical) => ({
      name,
      kind: "number",
      values: draw(name, (random, user) => {
        const amount = typical(user) * Math.exp(noise * random.normal());
        return Math.round(amount * 10 ** decimals) / 10 ** decimals;
      }),
    }),
    coins: (name, probability) => ({
      name,
      kind: "number",
      values: draw(name, (random, user) => (random.uniform() < probability(user) ? 1 : 0)),
    }),
    truths: (name, probability) => ({
      name,
      kind: "boolean",
      values: Int8Array.from(
        draw(name, (random, user) => (random.uniform() < probability(user) ? 1 : 0)),
      ),
    }),
    choices: (name, levels, weights) => ({
      name,
      kind: "category",
      levels,
      codes: Int32Array.from(draw(name, (random, user) => pick(random, weights(user)))),
    }),
  };
}

function pick(random: Random, weights: readonly number[]): number {
  let left = random.uniform() * weights.reduce((sum, weight) => sum + weight, 0);
  for (let level = 0; level < weights.length; level++) {
    left -= at(weights, level);
    if (left < 0) return level;
  }
  return weights.length - 1;
}

/** The logistic function. */
export function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
