import { ATTACKS } from "./all.ts";
import { membershipAbout } from "./membership/lira.ts";
import { distinguisherAbout } from "./distinguisher/distinguisher.ts";
import { matchedSetAbout } from "./matched-set.ts";

/** Authors, venue and number of the paper of every attack by its name; those of nobody's paper are left out. */
export const PAPERS: ReadonlyMap<string, string> = new Map(
  [
    ...ATTACKS.map(({ about }) => about),
    ...[membershipAbout, distinguisherAbout, matchedSetAbout(undefined)],
  ].flatMap(({ name, paper }) => (paper === "" ? [] : [[name, paper]])),
);
