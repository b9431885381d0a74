import type { UnitResult } from "@moongate/lab";
import { bounds, type Estimate, estimate } from "./estimate.ts";
import { type Finding, findingsOf } from "./findings.ts";
import { testAuc } from "./frontier.ts";
import { bestOnValidation, isFloor, isMasked, isSplit, paired } from "./pick.ts";
import type { Setting, TableResults } from "./settings.ts";

export type Audit = NonNullable<UnitResult["audit"]>;

/** One setting with a proof. */
export interface EpsilonPoint {
  readonly setting: Setting;
  readonly epsilon: number;
  readonly delta: number;
  /** The party that it protects, against whom, per what unit. */
  readonly claim: string;
  /** What an audit of this claim found. */
  readonly audit: Audit | undefined;
  /** What a membership attack finds of such models. */
  readonly members: Finding | undefined;
  readonly auc: Estimate;
  /** Test AUC less that of commerce alone, paired by seed; absent where it was not trained. */
  readonly overFloor: Estimate | undefined;
}

/** What noise leaves of joining: shown to help, not shown to, or no better than not joining. */
export type NoiseWorth = "above" | "not shown above" | "below";

/** @param gain over commerce alone. */
export function worthOf(gain: Estimate): NoiseWorth {
  if (gain.mean <= 0) return "below";
  return bounds(gain)[0] > 0 ? "above" : "not shown above";
}

/** One mechanism at several strengths, by rising epsilon. */
export interface EpsilonSeries {
  readonly name: string;
  readonly masked: boolean;
  /** Test AUC of the same without noise, where it was run. */
  readonly noiseless: Estimate | undefined;
  readonly points: readonly EpsilonPoint[];
}

/**
 * The mechanisms that have a proof, in the order of reading.
 * @param audits of masked training with noise, on tables of their own.
 */
export function epsilonSeries(table: TableResults, audits: readonly Audit[] = []): EpsilonSeries[] {
  const { settings } = table;
  const floor = bestOnValidation(table, isFloor);
  const series = new Map<string, EpsilonPoint[]>();
  for (const setting of settings) {
    const point = pointOf(setting, audits, floor);
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

function pointOf(
  setting: Setting,
  audits: readonly Audit[],
  floor: Setting | undefined,
): EpsilonPoint | undefined {
  if (setting.unit.control !== "none") return undefined;
  const proofs = setting.done.flatMap(({ dp }) => dp ?? []);
  const [first] = proofs;
  const auc = testAuc(setting);
  if (first === undefined || auc === undefined) return undefined;
  const epsilon = Math.max(...proofs.map((proof) => proof.epsilon));
  const { delta, claim } = first;
  const isMasked = setting.unit.protocol === "masked";
  return {
    ...{ setting, epsilon, delta, claim, auc },
    overFloor:
      floor && estimate(paired(setting, floor, ({ test }) => test?.auc).map(({ a, b }) => a - b)),
    audit: isMasked ? audits.find((audit) => isOf(audit, epsilon, delta)) : undefined,
    members: findingsOf(setting).find(({ target }) => target === "membership"),
  };
}

/** The audit computes its ε back from the noise, which rounds. */
const isOf = (audit: Audit, epsilon: number, delta: number): boolean =>
  Math.abs(audit.epsilon / epsilon - 1) < 1e-6 && audit.delta === delta;

function seriesName({ unit }: Setting): string {
  const mechanism = unit.defence?.title.split(",")[0] ?? "masked + noise";
  return `${mechanism}, ${unit.model}`;
}
