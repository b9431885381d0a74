import { ANGLE, cost, sumCosts, type Cost } from "../cost.ts";
import type { Operation } from "../machine.ts";
import { bytesOnLinks } from "../machines/cost-recorder.ts";
import { stepOperations } from "../models/step-costs.ts";
import { BATCH, COSTED_PLANS, COSTED_SHAPE } from "./costed-plans.ts";

/** Bytes of a word that has room for a statistical tag (SPDZ2k with k = s = 64). */
const TAGGED_WORD = 16;
/** Bytes each way of one check of all tags of a step. */
const CHECK = 32;

/** The table of docs/decisions/0029: what authenticated shares would cost a training step. */
export async function authenticatedCosts(): Promise<string> {
  const rows = await Promise.all(
    COSTED_PLANS.map(async ([title, plan]) =>
      row(title, await stepOperations(plan, COSTED_SHAPE, BATCH)),
    ),
  );
  return [
    "| a step of 1,024 rows, in bytes | opened now | opened with tags | dealt now | dealt with tags | a row on all links now | a row with tags |",
    "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ...rows,
  ].join("\n");
}

function row(title: string, operations: readonly Operation<unknown>[]): string {
  const now = sumCosts(operations.map((each) => each.cost));
  const then = sumCosts([...operations.map(authenticated), cost(CHECK, CHECK, 0)]);
  const opened = ({ opened: { media, commerce } }: Cost): number => media + commerce;
  const times = (a: number, b: number): string => `${b} (${(b / a).toFixed(1)} times)`;
  const perRow = (each: Cost): number => Math.round(bytesOnLinks(each) / BATCH);
  return (
    `| ${title} | ${opened(now)} | ${times(opened(now), opened(then))} | ${now.dealt} | ` +
    `${times(now.dealt, then.dealt)} | ${perRow(now)} | ${times(perRow(now), perRow(then))} |`
  );
}

/** An opened word doubles, an angle is opened as a whole word, a dealt word comes with its tag. */
function authenticated({ cost: now, openedAngles = 0 }: Operation<unknown>): Cost {
  const opened = (bytes: number): number =>
    2 * (bytes - ANGLE * openedAngles) + TAGGED_WORD * openedAngles;
  return cost(opened(now.opened.media), opened(now.opened.commerce), 4 * now.dealt);
}
