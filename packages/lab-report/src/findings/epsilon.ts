import type { UnitResult } from "@moongate/lab";
import type { Estimate } from "./estimate.ts";
import { type Finding, findingsOf } from "./findings.ts";
import { testAuc } from "./frontier.ts";
import { bestOnValidation, isMasked, isSplit } from "./pick.ts";
import type { Setting, TableResults } from "./settings.ts";

export type Audit = NonNullable<UnitResult["audit"]>;

/** One setting with a proof. */
export interface EpsilonPoint {
  readonly setting: Setting;
  readonly epsilon: number;
  readonly delta: number;
  /** Whom it protects against whom, per what unit. */
  readonly claim: string;
  /** What an audit of this claim found. */
  readonly audit: Audit | undefined;
  /** What a membership attack finds of such models. */
  readonly members: Finding | undefined;
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

/**
 * The mechanisms that have a proof, in the order of reading.
 * @param audits of masked training with noise, on tables of their own.
 */
export function epsilonSeries(table: TableResults, audits: readonly Audit[] = []): EpsilonSeries[] {
  const { settings } = table;
  const series = new Map<string, EpsilonPoint[]>();
  for (const setting of settings) {
    const point = pointOf(setting, audits);
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

function pointOf(setting: Setting, audits: readonly Audit[]): EpsilonPoint | undefined {
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
