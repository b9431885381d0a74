import { analyticGaussianEpsilon } from "../../accounting/analytic-gaussian.ts";
import { noisyTrainingEpsilon } from "@moongate/defences";
import { gaussianLowerBound } from "../membership/gaussian-lower-bound.ts";
import { CONFIDENCE } from "@moongate/statistics";
import { countsAt, empiricalEpsilon, type Outcome } from "../membership/bounds.ts";
import { canaryScore, type NoiseLevel, type NoisyPlan } from "./canary.ts";

/** What trainings at one level of noise prove of ε, each bound with 95% confidence. */
export interface CanaryBounds {
  /** Half of them on either table. */
  readonly trainings: number;
  /** ε at least, at the plan's δ, whatever the noise is like. */
  readonly atLeast: number;
  /** ε at least, at the plan's δ, for noise as the proof has it: Gaussian. */
  readonly gaussianAtLeast: number;
}

export interface CanaryAudit extends CanaryBounds {
  /** What the plan's noise is proven to give, at δ. */
  readonly epsilon: number;
  readonly delta: number;
  readonly confidence: number;
  readonly controls: Readonly<Record<"quarter" | "none", CanaryBounds>>;
}

export interface AuditOptions {
  readonly plan: NoisyPlan;
  /** Models to train with the plan's noise; even. */
  readonly trainings: number;
  /** Models to train for each control; even. */
  readonly controls: number;
  readonly seed: string;
}

/**
 * The two tables mirror each other, and so do their scores. Of a Gaussian mechanism every threshold
 * shows the same μ; the middle one errs least, and is known before any training.
 */
const MIDDLE = 0;

/**
 * A canary audit of a plan's claim (Jagielski, Ullman and Oprea, NeurIPS 2020, arXiv 2006.07709;
 * Nasr et al., USENIX Security 2023, arXiv 2302.07956): many models are trained on two tables that
 * differ in one user, replaced by another, and an observer of all noisy gradients tells which
 * table it was.
 *
 * 1. Train; one outcome a model, so outcomes are independent.
 * 2. For any mechanism: choose the threshold on the first half of the outcomes, bound both error
 *    rates on the second (Clopper and Pearson), and with them ε from below ({@link
 *    empiricalEpsilon}).
 * 3. For a Gaussian one: bound the error rates of all outcomes at the threshold that was known
 *    before, with them μ from below ({@link gaussianLowerBound}), and take the ε of that μ at the
 *    plan's δ.
 * 4. The same with a quarter of the noise and with none: there the bound must exceed the claim.
 *
 * A bound above the proven ε refutes the proof or the code. One below it proves no privacy: the
 * proof does that.
 *
 * @throws MoongateError DP_INVALID for a plan without noise.
 */
export async function canaryAudit(options: AuditOptions): Promise<CanaryAudit> {
  const { plan, trainings, controls } = options;
  const audited = await boundsAt(options, "as planned", trainings);
  return {
    epsilon: noisyTrainingEpsilon(plan),
    delta: deltaOf(plan),
    confidence: CONFIDENCE,
    ...audited,
    controls: {
      quarter: await boundsAt(options, "a quarter", controls),
      none: await boundsAt(options, "none", controls),
    },
  };
}

/** True if both controls came out as they must: trainings that have not the noise are found out. */
export function auditWorks({ epsilon, controls: { quarter, none } }: CanaryAudit): boolean {
  return quarter.gaussianAtLeast > epsilon && none.gaussianAtLeast > epsilon;
}

const deltaOf = ({ dp }: NoisyPlan): number => dp?.delta ?? 0;

async function boundsAt(
  { plan, seed }: AuditOptions,
  level: NoiseLevel,
  trainings: number,
): Promise<CanaryBounds> {
  const outcomes: Outcome[] = [];
  for (let index = 0; index < trainings; index++) {
    const member = index % 2 === 0;
    outcomes.push({ member, score: await canaryScore(plan, member, level, `${seed} ${index}`) });
  }
  const delta = deltaOf(plan);
  const counts = countsAt(outcomes, MIDDLE);
  const mu = counts === undefined ? 0 : gaussianLowerBound(counts);
  return {
    trainings,
    atLeast: empiricalEpsilon(outcomes, { delta }),
    gaussianAtLeast: mu > 0 ? analyticGaussianEpsilon(1 / mu, delta) : 0,
  };
}
