import type { DefencePlan } from "@moongate/messages";
import { describeDefence } from "@moongate/defences";
import { table } from "./table.ts";

/** "marvell (s 4) and noise (clip 1, multiplier 0.5)" */
export function defendedBy({ labels, gradient, embedding }: DefencePlan): string {
  return [labels, gradient, embedding]
    .flatMap((each) => {
      if (each === undefined) return [];
      const { kind, ...strengths } = each;
      const values = Object.entries(strengths).map(([name, value]) => `${name} ${String(value)}`);
      return [values.length === 0 ? kind : `${kind} (${values.join(", ")})`];
    })
    .join(" and ");
}

const PLACES = { labels: "labels", gradient: "gradients", embedding: "embeddings" };
const PROVEN = { training: "training", release: "one release", none: "nothing" };

/** A section that says of each defence whether it has a guarantee, in whose favour, per what unit, and what ends it. */
export function defenceSection(plan: DefencePlan): string {
  return table(
    [
      { title: "of" },
      { title: "in favour of" },
      { title: "proven for" },
      { title: "guarantee", wrap: 27 },
      { title: "what it leaves open", wrap: 27 },
    ],
    describeDefence(plan).map(({ place, inFavourOf, proven, guarantee, unit, breaks, caution }) => [
      PLACES[place],
      inFavourOf,
      PROVEN[proven],
      `${guarantee} (per ${unit})`,
      caution === undefined ? breaks : `${breaks}; ${caution}`,
    ]),
  );
}
