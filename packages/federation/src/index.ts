export {
  type Accept,
  acceptSchema,
  commerceAcceptSchema,
  commercePredictionAcceptSchema,
  type EpsilonOf,
} from "./accept.ts";
export { type PartitionLogits, trainTwin, trainTwinModel, type TwinModel } from "./baseline.ts";
export { strongestAlone } from "./baselines/strongest.ts";
export {
  type DataConfig,
  type PredictionData,
  partyConfigShape,
  predictionConfigShape,
} from "./config.ts";
export type { Dishonesty } from "./dishonest.ts";
export type {
  PreparedFeatures,
  FittedPreparation,
  OwnReport,
  PartyData,
  LocalModelFacts,
  ScoringData,
  SuspectColumn,
} from "./data.ts";
export { type Alone, trainAlone } from "./alone.ts";
export { aucByEpoch } from "./epochs.ts";
export { environment } from "./environment.ts";
export { aucByLabel, type HeldOutAuc } from "./evaluate.ts";
export type { Observer, PartyEvent } from "./events.ts";
export { openDocument, type SavedPreparation } from "./local/document.ts";
export { asSaved, reopened } from "./local/embed.ts";
export {
  type LocalInput,
  type LocalSettings,
  localSettingsSchema,
} from "./local/settings.ts";
export {
  besideColumns,
  type LocalChoice,
  withLocalModel,
} from "./local/train.ts";
export type { SessionHooks } from "./hooks.ts";
export { openAbsentRow } from "./model/absent-row.ts";
export { loadModel, type SavedModel } from "./model/load.ts";
export type {
  CommerceOptions,
  MediaOptions,
  PartyOptions,
  PartyOutcome,
  PredictionOptions,
  PredictionOutcome,
} from "./options.ts";
export {
  oracles,
  type PooledOutcome,
  pooledRows,
  pooledTwin,
  type SideRows,
  sideRows,
} from "./pooled.ts";
export type { BothTables, PooledRows } from "./pooled-rows.ts";
export { NOTICE_FILE, type RunFiles, runNotice } from "./run-notice.ts";
export { runParty } from "./run-party.ts";
export { runPrediction } from "./run-prediction.ts";
export { scoresCsv, type TestScores, testScores } from "./scores-file.ts";
export { type SavedNoise, NOISE_KEY_FILE, readNoiseKey } from "./session/split/saved-noise.ts";
export { checked, makePlan, planChoicesSchema, planSchema } from "@moongate/messages";
