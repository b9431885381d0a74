import type { Adversary, Attack, Truth } from "../attacks/attack.ts";
import { coordinatorAttacks } from "../attacks/masks/all.ts";
import { featureAttacks } from "../attacks/features/all.ts";
import { joinedViews } from "../attacks/masks/joined-views.ts";
import type { LabelAttack } from "../attacks/labels/run.ts";
import { labelAttacks } from "../attacks/labels/all.ts";
import type { ReleasedModel } from "../attacks/features/released-model.ts";
import { supervisedFor } from "../attacks/supervised.ts";
import type { View } from "@moongate/views";
import { releasedAttempts } from "../released/attempts.ts";
import { type Attempt, scored } from "./attempt.ts";
import { sharedControl } from "./controls.ts";
import { matchedAttempts, type TableIds } from "./matched.ts";
import { truthsOf, type Truths, type Views } from "./truth.ts";

/** How much of the suite is run. */
export interface Thoroughness {
  /** Known rows that attacks which take any are tried with; each attack's own number by default. */
  readonly known?: readonly number[];
  /** Names of attacks that are left out. */
  readonly without?: readonly string[];
}

/** What is known beside the views. */
export interface Beside {
  /** The joint model, given to commerce: attacked as "commerce with the model". */
  readonly released?: ReleasedModel;
  /** Ids of both tables, for attacks on alignment tags. */
  readonly ids?: TableIds;
  /** What is true; by default what the other party's view says. */
  readonly truths?: Truths;
}

/** Every attack that somebody with one of these views can try, in the order of tables. */
export function attemptsOn(
  views: Views,
  thoroughness: Thoroughness = {},
  { released, ids, truths = truthsOf(views) }: Beside = {},
): Attempt[] {
  const { media, commerce, coordinator } = views;
  const all = [
    ...(media === undefined ? [] : byMedia(media, truths.media, thoroughness)),
    ...(commerce === undefined ? [] : byCommerce(commerce, truths.commerce, thoroughness)),
    ...(commerce === undefined || released === undefined
      ? []
      : releasedAttempts(commerce, truths.commerce, released)),
    ...(coordinator === undefined ? [] : byCoordinator(coordinator, views, truths)),
    ...(coordinator === undefined ? [] : matchedAttempts(coordinator, views, ids)),
  ];
  return all.filter(({ attack }) => thoroughness.without?.includes(attack.about.name) !== true);
}

function byMedia(view: View, truth: Truth, { known }: Thoroughness): Attempt[] {
  const onLabels = labelAttacks.flatMap((attack) => {
    const numbers = attack.facts === "rows" ? (known ?? [attack.known]) : [undefined];
    return numbers.map((number) => labelAttempt(attack, view, truth, number));
  });
  const eithers = featureAttacks.filter(({ about }) => about.adversary === "either party");
  return [...onLabels, ...eithers.map((attack) => plain(attack, "media", view, truth))];
}

function labelAttempt(
  attack: LabelAttack,
  view: View,
  truth: Truth,
  known: number | undefined,
): Attempt {
  const attempt: Attempt = {
    attack,
    adversary: "media",
    known,
    async run(seed) {
      const options = { seed, known };
      const result = await attack.run(view, truth, options);
      if (!result.applicable) return { attempt, result };
      const knows = `${attack.facts} ${known ?? attack.known}`;
      const supervised = await sharedControl(knows, { view, truth, options }, () =>
        supervisedFor(attack, view, truth, options),
      );
      return { attempt, result, supervised };
    },
  };
  return attempt;
}

function byCommerce(view: View, truth: Truth, { known }: Thoroughness): Attempt[] {
  return featureAttacks.map((attack) => {
    const first = plain(attack, "commerce", view, truth);
    const { supervised: control } = attack;
    if (control === undefined) return first;
    const most = known === undefined ? undefined : Math.max(...known);
    const attempt: Attempt = {
      ...first,
      async run(seed) {
        const options = { seed, known: most };
        const result = await scored(attack, view, truth, options);
        if (!result.applicable) return { attempt, result };
        const supervised = await sharedControl(control.about.name, { view, truth, options }, () =>
          scored(control, view, truth, options),
        );
        return { attempt, result, supervised };
      },
    };
    return attempt;
  });
}

/** A coordinator alone attacks labels; with a party, what that party attacks. */
function byCoordinator(coordinator: View, views: Views, truths: Truths): Attempt[] {
  return coordinatorAttacks.flatMap((attack) => {
    const { adversary } = attack.about;
    if (adversary === "coordinator") {
      return [plain(attack, adversary, coordinator, labelsAlone(truths.media))];
    }
    const side = adversary === "coordinator+media" ? "media" : "commerce";
    const party = views[side];
    if (party === undefined) return [];
    return [plain(attack, adversary, joinedViews(party, coordinator), truths[side])];
  });
}

const labelsAlone = ({ labels }: Truth): Truth => (labels === undefined ? {} : { labels });

function plain(attack: Attack, adversary: Adversary, view: View, truth: Truth): Attempt {
  const attempt: Attempt = {
    attack,
    adversary,
    run: async (seed) => ({ attempt, result: await scored(attack, view, truth, { seed }) }),
  };
  return attempt;
}
