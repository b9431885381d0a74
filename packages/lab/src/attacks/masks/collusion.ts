import type { View } from "@moongate/views";
import { type About, type Attack, type AttackResult, notApplicable } from "../attack.ts";
import { direct } from "../labels/direct.ts";
import { norm } from "../labels/norm.ts";
import { residue } from "../labels/residue.ts";
import type { LabelAttack } from "../labels/run.ts";
import { spectral } from "../labels/spectral.ts";
import { readColumns } from "./opened-columns.ts";
import { dealerKeys, unmasked } from "./unmasked.ts";

const KEYS = "both dealer seeds, from a coordinator that colludes";
const PAPER = "Boura et al., Financial Cryptography 2018: the dealer's trust assumption";

/**
 * Coordinator and media: the masks come off what media opened (`unmasked`), and the errors p − y lie
 * bare. Their sign is the label.
 */
export const collusionOnLabels: Attack = onLabels(direct, {
  name: "collusion-labels",
  title: "Masks taken off by the coordinator: labels",
  knows: KEYS,
  paper: PAPER,
});

/**
 * The same bare openings by other means, so that nobody takes hiding the errors alone for a cure:
 * the lengths and directions of what lies bare for each row (hidden errors among it), and the
 * gradient of the first layer, a sum over the batch.
 */
export const collusionByOtherMeans: readonly Attack[] = [norm, spectral, residue].map((attack) =>
  onLabels(attack, {
    name: `collusion-${attack.about.name}`,
    title: `Masks taken off by the coordinator: ${lower(attack.about.title)}`,
    knows: `${KEYS}; ${attack.about.knows}`,
    paper: attack.about.paper,
  }),
);

/**
 * Coordinator and a party: X + R − R, the other party's columns to the last bit of their fixed point.
 */
export const collusionOnFeatures = (party: "media" | "commerce"): Attack =>
  colluding(
    {
      name: "collusion-features",
      title: "Masks taken off by the coordinator: features",
      adversary: `coordinator+${party}`,
      target: "features",
      knows: KEYS,
      paper: PAPER,
    },
    (view, truth) => readColumns(direct.about, view, truth),
  );

function onLabels(
  attack: LabelAttack,
  about: Pick<About, "name" | "title" | "knows" | "paper">,
): Attack {
  return colluding(
    { adversary: "coordinator+media", target: "labels", ...about },
    (view, truth, options) => attack.run(view, truth, options),
  );
}

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

function lower(title: string): string {
  return title.charAt(0).toLowerCase() + title.slice(1);
}
