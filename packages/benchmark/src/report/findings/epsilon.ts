import { average, type Estimate } from "./estimate.ts";
import { testAuc } from "./frontier.ts";
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
  readonly points: readonly EpsilonPoint[];
}

/** The mechanisms that have a proof, in the order of reading. */
export function epsilonSeries({ settings }: TableResults): EpsilonSeries[] {
  const series = new Map<string, EpsilonPoint[]>();
  for (const setting of settings) {
    const point = pointOf(setting);
    if (point === undefined) continue;
    const name = seriesName(setting);
    series.set(name, [...(series.get(name) ?? []), point]);
  }
  return [...series].map(([name, points]) => ({
    name,
    masked: points.some(({ setting }) => setting.unit.protocol === "masked"),
    points: points.toSorted((a, b) => a.epsilon - b.epsilon),
  }));
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
  const kind = unit.defence?.kind.replaceAll("-", " ");
  return kind === undefined ? `masked + noise, ${unit.model}` : `${kind}, ${unit.model}`;
}
