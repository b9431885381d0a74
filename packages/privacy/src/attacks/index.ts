export {
  type About,
  type Adversary,
  type Attack,
  type AttackOptions,
  type AttackResult,
  type Leak,
  notApplicable,
  type Part,
  type Truth,
} from "./attack.ts";
export {
  type AuditOptions,
  auditWorks,
  type CanaryAudit,
  canaryAudit,
  type CanaryBounds,
} from "./canary/audit.ts";
export {
  maliciousOptimiser,
  type MaliciousOptions,
  type MaliciousStep,
} from "./dishonest/malicious-optimiser.ts";
export {
  type DistinguisherOptions,
  distinguisher,
  type WorldPair,
} from "./distinguisher/distinguisher.ts";
export { featureAttacks, releasedModelAttacks } from "./features/all.ts";
export { maskedModel, type PlainParameter, splitModel } from "./features/model-layers.ts";
export { ReleasedModel } from "./features/released-model.ts";
export { inferenceFromOwnColumns } from "./features/shadow-inversion.ts";
export { labelAttacks } from "./labels/all.ts";
export type { LabelAttack } from "./labels/run.ts";
export { coordinatorAttacks } from "./masks/all.ts";
export { joinedViews } from "./masks/joined-views.ts";
export { type DealerKeys, dealerKeys, unmasked } from "./masks/unmasked.ts";
export { type Candidates, type Colluder, matchedSet } from "./matched-set.ts";
export { empiricalEpsilon, type Outcome, tprAt } from "./membership/bounds.ts";
export {
  membership,
  type MembershipOptions,
  type MembershipResult,
  type Scorer,
} from "./membership/lira.ts";
export { supervised, supervisedFor } from "./supervised.ts";
export {
  type Beside,
  BROKEN,
  type Evidence,
  excessLeakage,
  type Found,
  foundIn,
  judge,
  LEVEL,
  MARGIN,
  pOfNoLeak,
  type Run,
  type Verdict,
  verdicts,
  WORKS,
  works,
} from "./verdict.ts";
