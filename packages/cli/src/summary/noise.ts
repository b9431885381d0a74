import type { DpReport } from "@moongate/results";
import { paragraph } from "./table.ts";

/** What a noisy model claims: how much, about what, who is protected from whom, by whose noise. */
export function noiseSection({ epsilon, delta, unit, protects }: DpReport): string {
  return [
    `epsilon ${epsilon} at delta ${delta}; the unit is ${unit}`,
    ...protects.map(({ whose, against, by }) => `${whose}, against ${against}, by ${by}`),
    "what audits of such a claim find: docs/protocols/dp.md, What an audit finds",
  ]
    .map(paragraph)
    .join("\n");
}
