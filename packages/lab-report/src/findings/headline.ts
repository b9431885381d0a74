import type { Attacks } from "./controls.ts";
import { bounds, type Estimate, estimate } from "./estimate.ts";
import type { Finding } from "./findings.ts";
import { isMasked, type Main, paired } from "./pick.ts";
import { type WorstLeak, worstLeak } from "./worst.ts";

/** What a table comes to in three figures; each absent if its runs are. */
export interface Headline {
  /** Test AUC of masked less that of pooled, paired by seed. */
  readonly cost: Estimate | undefined;
  /** The worst that one curious party gets of masked. */
  readonly masked: (WorstLeak & { readonly adversary: string }) | undefined;
  /** The worst that media gets of the undefended split. */
  readonly split: WorstLeak | undefined;
  /**
   * What a released masked model without noise tells of who was trained on, if anything was shown.
   */
  readonly members: Finding | undefined;
}

const ONE_PARTY = ["media", "commerce"];

export function headlineOf({ masked, pooled, split }: Main, attacks: Attacks): Headline {
  const worst = ONE_PARTY.flatMap((adversary) => {
    const found = masked && worstLeak(attacks.on(masked), adversary);
    return found === undefined ? [] : [{ ...found, adversary }];
  });
  return {
    cost:
      masked && pooled
        ? estimate(paired(masked, pooled, ({ test }) => test?.auc).map(({ a, b }) => a - b))
        : undefined,
    masked: worst.toSorted((a, b) => b.leak.mean - a.leak.mean)[0],
    members: membersOf(attacks),
    split: split && worstLeak(attacks.on(split), "media"),
  };
}

/** The most that a membership attack surely finds in any kind of masked model without noise. */
function membersOf(attacks: Attacks): Finding | undefined {
  return attacks
    .all()
    .filter(({ setting, finding }) => isMasked(setting.unit) && finding.target === "membership")
    .flatMap(({ finding }) => (finding.leak && bounds(finding.leak)[0] > 0.5 ? finding : []))
    .toSorted((a, b) => (b.leak?.mean ?? 0) - (a.leak?.mean ?? 0))[0];
}
