import type { View } from "@moongate/views";
import { type About, type Attack, type AttackResult, notApplicable } from "../attack.ts";
import { direct } from "../labels/direct.ts";
import { readColumns } from "./opened-columns.ts";
import { dealerKeys, unmasked } from "./unmasked.ts";

const knows = "both dealer seeds, from a coordinator that colludes";
const paper = "Boura et al., Financial Cryptography 2018: the dealer's trust assumption";

/**
 * Coordinator and media: the masks come off what media opened (`unmasked`), and the errors p − y lie
 * bare. Their sign is the label.
 */
export const collusionOnLabels: Attack = colluding(
  {
    name: "collusion-labels",
    title: "Masks taken off by the coordinator: labels",
    adversary: "coordinator+media",
    target: "labels",
    knows,
    paper,
  },
  (view, truth, options) => direct.run(view, truth, options),
);

/** Coordinator and commerce: X + R − R, media's columns to the last bit of their fixed point. */
export const collusionOnFeatures: Attack = colluding(
  {
    name: "collusion-features",
    title: "Masks taken off by the coordinator: features",
    adversary: "coordinator+commerce",
    target: "features",
    knows,
    paper,
  },
  (view, truth) => readColumns(direct.about, view, truth),
);

function colluding(about: About, run: Attack["run"]): Attack {
  const party = about.adversary === "coordinator+media" ? "media" : "commerce";
  return {
    about,
    async run(view: View, truth, options): Promise<AttackResult> {
      if (view.header.process !== party) return notApplicable(about, `the view is not ${party}'s`);
      const keys = dealerKeys(view);
      if (keys === undefined) {
        return notApplicable(about, "no coordinator's seeds are with the view");
      }
      return { ...(await run(unmasked(view, keys), truth, options)), about };
    },
  };
}
