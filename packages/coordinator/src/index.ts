export {
  type CoordinatorConfig,
  coordinatorConfigSchema,
  parseCoordinatorConfig,
} from "./config.ts";
export { type CoordinatorLimits } from "./limits.ts";
export type {
  Coordinator,
  CoordinatorEvent,
  CoordinatorOptions,
  CoordinatorTimeouts,
  Log,
  SessionEnd,
  TrustedPair,
} from "./options.ts";
export { Sessions, type SessionsOptions } from "./sessions.ts";
export { startCoordinator } from "./start.ts";
