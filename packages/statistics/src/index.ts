export { aucDifference } from "./auc-difference.ts";
export {
  requireCount,
  requireDelta,
  requireEpsilon,
  requireNotNegative,
  requireOrder,
  requirePositive,
  requireRate,
} from "./checks.ts";
export { combine, type Combined, intervalOf, type Measured, pOfNone } from "./combined.ts";
export { chanceAnchoredScore } from "./defence-score.ts";
export { holm } from "./holm.ts";
export { CONFIDENCE, type Interval } from "./interval.ts";
export { liftDifference } from "./lift-difference.ts";
export { seedMean } from "./mean.ts";
export { auc } from "./metrics/auc.ts";
export { evaluate } from "./metrics/evaluation.ts";
export { lift } from "./metrics/lift.ts";
export { erfcx } from "./numeric/erfc.ts";
export { logNormalCdf, normalCdf, normalQuantile } from "./numeric/normal.ts";
export { bisectUp } from "./numeric/root.ts";
export { placements } from "./placements.ts";
export { clopperPearson, type Count } from "./proportion.ts";
export { quantile } from "./quantile.ts";
export { normals, permutation, type Uniform, uniforms } from "./seeded.ts";
