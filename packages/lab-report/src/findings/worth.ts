import { type Campaign, CAMPAIGN_DEFAULTS } from "@moongate/campaign";
import { type Compared, type Joining, joining } from "@moongate/campaign";
import { plural } from "@moongate/text";
import type { TestMetrics } from "./metrics.ts";
import { costsOf } from "./costs.ts";
import { average, estimate } from "./estimate.ts";
import { mainOf, paired } from "./pick.ts";
import type { Setting, TableResults } from "./settings.ts";

/** What joining is worth on a table: its masked model against commerce alone, paired by seed. */
export function joiningOf(
  table: TableResults,
  campaign: Partial<Campaign> = {},
): Joining | undefined {
  const { masked, local } = mainOf(table);
  if (masked === undefined || local === undefined) return undefined;
  const [auc, lift10] = [compared(masked, local, "auc"), compared(masked, local, "lift10")];
  const costs = costsOf(masked);
  const over = (read: (result: Setting["done"][number]) => number | undefined) =>
    average(masked.done.flatMap((result) => read(result) ?? []));
  const rate = over((result) => result.rate);
  if (auc === undefined || lift10 === undefined || costs === undefined || rate === undefined) {
    return undefined;
  }
  return joining({
    what: `masked ${masked.unit.model} model`,
    basis: plural(auc.seeds, "paired seed"),
    auc,
    lift10,
    rate,
    bytes: costs.bytes,
    seconds: costs.seconds,
    disclosures: over((result) => result.disclosures),
    overlap: over((result) => result.overlap),
    campaign: { ...CAMPAIGN_DEFAULTS, ...campaign },
  });
}

function compared(
  joint: Setting,
  alone: Setting,
  metric: keyof TestMetrics,
): (Compared & { readonly seeds: number }) | undefined {
  const pairs = paired(joint, alone, ({ test }) => test?.[metric]);
  const gain = estimate(pairs.map(({ a, b }) => a - b));
  const [of, against] = [average(pairs.map(({ a }) => a)), average(pairs.map(({ b }) => b))];
  if (gain === undefined || of === undefined || against === undefined) return undefined;
  return { alone: against, joint: of, gain, seeds: gain.seeds };
}
