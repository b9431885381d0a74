import type { LabelRun } from "../model/run.ts";
import type { Say, WordKey } from "../words/words.ts";

const ANSWERS = {
  "too few": "verdict.too-few",
  "suspect column": "verdict.suspect",
  pays: "verdict.pays",
  "does not pay": "verdict.does-not-pay",
  "not shown to pay": "verdict.not-shown-to-pay",
  "no gain shown": "verdict.no-gain-shown",
  "not told": "verdict.not-told",
} as const satisfies Readonly<Record<string, WordKey>>;

/** The verdict on one label in a few words. */
export const answer = ({ worth }: LabelRun, say: Say): string =>
  say(worth === undefined ? "verdict.none" : ANSWERS[worth.verdict]);
