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
    ...(clickCost === undefined ? {} : { costPerClick: clickCost }),
    ...(conversionValue === undefined ? {} : { conversionValue }),
    ...(budget === undefined ? {} : { budget }),
  };
}
