import {
  DEFENCES,
  type DefenceEntry,
  type DefencePlan,
  type Defences,
  settingsOf,
} from "@moongate/catalogue";
import type { Unit } from "./unit.ts";

/** A defence of the grid: how the plan says it, and how the report does. */
export interface GridDefence {
  readonly plan: DefencePlan;
  readonly shown: NonNullable<Unit["defence"]>;
}

/** How thoroughly the dials of defences are turned. */
export type Strengths = "quick" | "full";

/** Places of defences in the order of reports. */
const PLACES = ["labels", "gradient", "embedding"] as const;

/**
 * Every defence of the split protocol, alone, by place, at the strengths that its entry names.
 * @param prior public share of positives, that defences of labels take.
 */
export function gridDefences(
  strengths: Strengths,
  prior: number,
  defences: Defences = DEFENCES,
): GridDefence[] {
  const entries = Object.entries(defences);
  return PLACES.flatMap((place) =>
    entries
      .filter(([, entry]) => entry.place === place)
      .flatMap(([kind, entry]) => turned(kind, entry, strengths, prior)),
  );
}

/**
 * One defence at its strengths. `strength` grows with protection, so where the dial turns the other
 * way (epsilon, bins) its inverse is taken.
 */
function turned(
  kind: string,
  entry: DefenceEntry,
  strengths: Strengths,
  prior: number,
): GridDefence[] {
  const { place, title, dial } = entry;
  const known = settingsOf(entry).includes("prior") ? { prior } : {};
  const made = (settings: object, shown: Pick<GridDefence["shown"], "title" | "strength">) => ({
    // The table says what settings a kind has; making the plan checks them.
    plan: { [place]: { kind, ...known, ...settings } } as DefencePlan,
    shown: { place, kind, ...shown },
  });
  if (dial === undefined) return [made({}, { title, strength: null })];
  return dial[strengths].map((value) =>
    made(
      { ...dial.beside, [dial.setting]: value },
      {
        title: `${title}, ${dial.says(value)}`,
        strength: dial.inverse === true ? 1 / value : value,
      },
    ),
  );
}
