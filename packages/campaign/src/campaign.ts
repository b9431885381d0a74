/** What a campaign and the joint training before it cost; all money in one currency of the user's. */
export interface Campaign {
  /** What is spent on clicks. */
  readonly budget: number;
  readonly costPerClick: number;
  /**
   * What one conversion leaves: its margin, not its revenue. Without it a further one is counted at
   * what a conversion costs by commerce's own model, as if the campaign alone just paid for itself.
   */
  readonly conversionValue?: number | undefined;
  /** People's work for one joint training: agreement, preparation, checks. */
  readonly fixedCost: number;
  /** Price of 10^9 bytes of traffic. */
  readonly pricePerGigabyte: number;
  /** Price of an hour of the machines of all three processes together. */
  readonly pricePerHour: number;
}

/**
 * Round numbers to be replaced with one's own; they are printed wherever they are used. There is no
 * value of a conversion among them: any that is far from what a click costs would decide the answer.
 */
export const CAMPAIGN_DEFAULTS: Campaign = {
  budget: 10_000,
  costPerClick: 0.5,
  fixedCost: 1_000,
  pricePerGigabyte: 0.1,
  pricePerHour: 1,
};

/** What joining costs however many users are matched. */
export function fixedCostOf(
  campaign: Campaign,
  { bytes, seconds }: { readonly bytes: number; readonly seconds: number },
): number {
  const traffic = (bytes / 1e9) * campaign.pricePerGigabyte;
  const machines = (seconds / 3600) * campaign.pricePerHour;
  return campaign.fixedCost + traffic + machines;
}
