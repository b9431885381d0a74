import { average, type Estimate } from "./estimate.ts";
import { testAuc } from "./frontier.ts";
import { bestOnValidation, isMasked, isSplit } from "./pick.ts";
import type { Setting, TableResults } from "./settings.ts";

/** One setting with a proof. */
export interface EpsilonPoint {
  readonly setting: Setting;
  readonly epsilon: number;
  readonly delta: number;
  /** Whom it protects against whom, per what unit. */
  readonly claim: string;
  /** What a membership attack proved at 95% confidence, mean over seeds. */
  readonly lowerBound: number | undefined;
  readonly auc: Estimate;
}

/** One mechanism at several strengths, by rising epsilon. */
export interface EpsilonSeries {
  readonly name: string;
  readonly masked: boolean;
  /** Test AUC of the same without noise, where it was run. */
  readonly noiseless: Estimate | undefined;
  readonly points: readonly EpsilonPoint[];
}

/** The mechanisms that have a proof, in the order of reading. */
export function epsilonSeries(table: TableResults): EpsilonSeries[] {
  const { settings } = table;
  const series = new Map<string, EpsilonPoint[]>();
  for (const setting of settings) {
    const point = pointOf(setting);
    if (point === undefined) continue;
    const name = seriesName(setting);
    series.set(name, [...(series.get(name) ?? []), point]);
  }
  return [...series].map(([name, points]) => {
    const { protocol, model } = points[0]?.setting.unit ?? {};
    const masked = protocol === "masked";
    const alike = bestOnValidation(
      table,
      (unit) => (masked ? isMasked(unit) : isSplit(unit)) && unit.model === model,
    );
    const sorted = points.toSorted((a, b) => a.epsilon - b.epsilon);
    return { name, masked, noiseless: testAuc(alike), points: sorted };
  });
}

function pointOf(setting: Setting): EpsilonPoint | undefined {
  if (setting.unit.control !== "none") return undefined;
  const proofs = setting.done.flatMap(({ dp }) => dp ?? []);
  const [first] = proofs;
  const auc = testAuc(setting);
  if (first === undefined || auc === undefined) return undefined;
  const epsilon = Math.max(...proofs.map((proof) => proof.epsilon));
  const lowerBound = average(proofs.flatMap((proof) => proof.lowerBound ?? []));
  return { setting, epsilon, delta: first.delta, claim: first.claim, lowerBound, auc };
}

function seriesName({ unit }: Setting): string {
  const mechanism = unit.defence?.title.split(",")[0] ?? "masked + noise";
  return `${mechanism}, ${unit.model}`;
}
