import { type Campaign, CAMPAIGN_DEFAULTS } from "@moongate/campaign";

/** The user's own figures for "Is joining worth it?"; all money in one currency. */
export interface CampaignOptions {
  readonly clickCost?: number;
  readonly conversionValue?: number;
  readonly budget?: number;
}

/** The defaults where nothing was asked for. */
export function campaignOf({ clickCost, conversionValue, budget }: CampaignOptions): Campaign {
  return {
    ...CAMPAIGN_DEFAULTS,
    costPerClick: clickCost ?? CAMPAIGN_DEFAULTS.costPerClick,
    budget: budget ?? CAMPAIGN_DEFAULTS.budget,
    conversionValue,
  };
}
