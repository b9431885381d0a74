import type { Metrics, ResultDocument } from "@moongate/messages";
import { type Campaign, CAMPAIGN_DEFAULTS } from "./campaign.ts";
import { type Compared, type Joining, joining } from "./joining.ts";

type Interval = readonly [low: number, high: number];

/** What a result document does not have. */
export interface RunFacts {
  /** Share of test rows that converted; mean over labels. */
  readonly rate: number;
  /** Where the intervals come from: "one split, test rows resampled". */
  readonly basis?: string;
  /** Of joint minus alone, mean over labels; without them one run tells nothing. */
  readonly intervals?: { readonly auc: Interval; readonly lift10: Interval };
  readonly campaign?: Partial<Campaign>;
}

/** What joining is worth by one session: its joint model against commerce alone, of the same kind. */
export function joiningOfRun(
  result: Pick<
    ResultDocument,
    "protocol" | "model" | "models" | "rows" | "traffic" | "seconds" | "disclosures"
  >,
  { rate, basis = "one split", intervals, campaign = {} }: RunFacts,
): Joining | undefined {
  const { protocol, model, models, rows, traffic, seconds, disclosures } = result;
  const of = (who: string): Readonly<Record<string, Metrics>> | undefined =>
    models.find((each) => each.who === who && each.kind === model.kind)?.test;
  const [joint, alone] = [of("federated"), of("commerce")];
  if (joint === undefined || alone === undefined) return undefined;
  const compared = (metric: "auc" | "lift10"): Compared => {
    const [both, without] = [mean(joint, metric), mean(alone, metric)];
    const gain = { mean: both - without, interval: intervals?.[metric] };
    return { alone: without, joint: both, gain };
  };
  return joining({
    what: `${protocol} ${model.kind} model`,
    basis,
    auc: compared("auc"),
    lift10: compared("lift10"),
    rate,
    bytes: traffic.bytes,
    seconds: seconds["total"] ?? 0,
    disclosures: disclosures.length,
    overlap: rows.aligned / rows.commerce,
    campaign: { ...CAMPAIGN_DEFAULTS, ...campaign },
  });
}

function mean(metrics: Readonly<Record<string, Metrics>>, metric: "auc" | "lift10"): number {
  const values = Object.values(metrics).map((each) => each[metric]);
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
