import { clopperPearson, CONFIDENCE, normalQuantile } from "@moongate/statistics";
import type { MembershipCounts } from "./epsilon-lower-bound.ts";

/**
 * What μ is at least of μ-Gaussian differential privacy, with that confidence. Of a training that
 * has it no attack can err less than a test of N(0, 1) against N(μ, 1) does (Dong, Roth and Su,
 * "Gaussian Differential Privacy", JRSS B 2022, arXiv 1905.02383), so μ ≥ Φ⁻¹(TPR) − Φ⁻¹(FPR),
 * with TPR's lower and FPR's upper Clopper–Pearson bound; each errs with half of 1 − confidence.
 *
 * Where noise is Gaussian this says far more from few trainings than a bound on ε at a small δ,
 * which needs outcomes as rare as e^−ε (Nasr et al., "Tight Auditing of Differentially Private
 * Machine Learning", USENIX Security 2023, arXiv 2302.07956). Where it is not, it refutes a claim
 * of Gaussian privacy and says nothing of others. The threshold must have been chosen on other
 * rows, and rows must be independent trials, as for {@link epsilonLowerBound}.
 *
 * @returns 0 where the counts prove nothing.
 */
export function gaussianLowerBound(
  { truePositives, falsePositives }: MembershipCounts,
  confidence = CONFIDENCE,
): number {
  const hits = clopperPearson(truePositives, confidence).low;
  const alarms = clopperPearson(falsePositives, confidence).high;
  if (hits <= alarms) return 0;
  return Math.max(0, normalQuantile(hits) - normalQuantile(alarms));
}
