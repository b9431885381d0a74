import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Campaign, type Compared, type Joining, joining } from "@moongate/campaign";
import type { MoongateError } from "@moongate/errors";
import { strongestAlone, type TestScores, testScores } from "@moongate/federation";
import { lift, auc } from "@moongate/statistics";
import type { JoiningReport, LabelJoining, Suspect } from "@moongate/campaign";
import type { ResultDocument } from "@moongate/results";
import { aucDifference, type Interval, liftDifference } from "@moongate/statistics";

type Costs = Pick<JoiningReport, "bytes" | "seconds" | "disclosures" | "overlap" | "campaign">;

/**
 * What joining is worth by commerce's scores of a run: for each label the joint model against
 * commerce's best model alone, paired over the test rows. Nothing where commerce has no such model.
 * @param folder commerce's run directory.
 */
export async function joiningReport(
  folder: string,
  result: ResultDocument,
  campaign: Campaign,
): Promise<JoiningReport | undefined> {
  const { models, labels, traffic, rows, disclosures, seconds } = result;
  const kind = strongestAlone(models)?.kind;
  if (kind === undefined) return undefined;
  const read = async (name: string): Promise<readonly TestScores[]> =>
    testScores(await readFile(join(folder, name), "utf8"), labels.length);
  const joint = await read("scores.csv");
  const alone = await read("baseline-scores.csv");
  const { total = 0, report = 0 } = seconds;
  const costs: Costs = {
    bytes: traffic.bytes,
    seconds: Math.max(0, total - report),
    disclosures: disclosures.length,
    // Under hidden alignment the joint model scores all of commerce's users, and is measured on them.
    overlap: result.hidden === undefined ? rows.aligned / rows.commerce : 1,
    campaign,
  };
  const byLabel = labels.map((label, at) => {
    const [one, other] = [joint[at], alone[at]];
    if (one === undefined || other === undefined) throw new Error("a score file lacks a label");
    return [
      label,
      worthOf(one, other, costs, `${result.seed} ${label}`, suspectsOf(result, label)),
    ] as const;
  });
  return { alone: kind, testRows: rows.test, ...costs, labels: Object.fromEntries(byLabel) };
}

const suspectsOf = ({ suspects = [] }: ResultDocument, label: string): Suspect[] =>
  suspects.flatMap(({ label: whose, column, auc }) => (whose === label ? [{ column, auc }] : []));

/** One label, as a campaign of its own. @param seed names the resamples of the lift's interval. */
export function worthOf(
  joint: TestScores,
  alone: TestScores,
  costs: Costs,
  seed: string,
  suspects: readonly Suspect[] = [],
): LabelJoining {
  const { labels } = joint;
  const positives = labels.reduce((sum, label) => sum + label, 0);
  const both = [joint.logits, alone.logits, labels] as const;
  const told = joining({
    ...costs,
    what: "",
    basis: "",
    auc: compared(auc, ...both, () => aucDifference(...both).interval),
    lift10: compared(lift, ...both, () => liftDifference(...both, { seed }).interval),
    rate: positives / labels.length,
    classes: { positives, negatives: labels.length - positives },
    suspects,
  });
  return written(told);
}

function compared(
  metric: (scores: Float64Array, labels: Uint8Array) => number,
  jointLogits: Float64Array,
  aloneLogits: Float64Array,
  labels: Uint8Array,
  intervalOf: () => Interval,
): Compared {
  const [joint, alone] = [metric(jointLogits, labels), metric(aloneLogits, labels)];
  const interval = whereTold(intervalOf);
  return { alone, joint, gain: { mean: joint - alone, ...(interval && { interval }) } };
}

/** The interval; undefined where a class has a single test row, which gives none. */
function whereTold(intervalOf: () => Interval): readonly [number, number] | undefined {
  try {
    const { low, high } = intervalOf();
    return [low, high];
  } catch (thrown) {
    if ((thrown as Partial<MoongateError>).code === "LABEL_ONE_CLASS") return undefined;
    throw thrown;
  }
}

/** A label's figures as the document has them: null for infinity, which JSON does not know. */
function written({ input, orders, money, breakEven, verdict, moneyDoubt }: Joining): LabelJoining {
  const share = (value: number): number | null => (Number.isFinite(value) ? value : null);
  const { at, interval } = breakEven;
  return {
    verdict,
    classes: input.classes ?? { positives: 0, negatives: 0 },
    suspects: [...(input.suspects ?? [])],
    rate: input.rate,
    auc: input.auc,
    lift10: input.lift10,
    ...(moneyDoubt !== undefined || verdict === "too few" || verdict === "suspect column"
      ? {}
      : {
          ...{ orders, money },
          breakEven: {
            at: share(at),
            ...(interval && { interval: [share(interval[0]), share(interval[1])] as const }),
          },
        }),
  };
}
