import type { About, Adversary } from "./attack.ts";
import { featureAttacks, releasedModelAttacks } from "./features/all.ts";
import { labelAttacks } from "./labels/all.ts";
import { coordinatorAttacks } from "./masks/all.ts";

/**
 * Every attack that the suite puts a recorded session to: the lists of its adversaries. A new attack
 * is its file and its entry in one of them: see "Adding an attack" in CONTRIBUTING.md.
 */
export const ATTACKS: readonly { readonly about: About }[] = [
  ...labelAttacks,
  ...featureAttacks,
  ...releasedModelAttacks,
  ...coordinatorAttacks,
];

/** Names of the attacks of that effort, of one adversary or of all. */
export function slowAttacks(
  effort: NonNullable<About["effort"]>,
  adversary?: Adversary,
  attacks = ATTACKS,
): string[] {
  return attacks
    .map(({ about }) => about)
    .filter((about) => about.effort === effort)
    .filter((about) => adversary === undefined || about.adversary === adversary)
    .map(({ name }) => name);
}
