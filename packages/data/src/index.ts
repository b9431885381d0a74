export { type ReadOptions, type ReadTable, readTable } from "./reading/read-table.ts";
export type { ReadSettings } from "./reading/settings.ts";
export { type GivenKind } from "./columns/settings.ts";
export { type Separator } from "./csv/separator.ts";
export type {
  ColumnProfile,
  IdProfile,
  IdTrait,
  Note,
  NoteCode,
  TableFindings,
  TableFormat,
} from "./findings/findings.ts";
export { shapesText } from "./findings/id-profile.ts";
export { noteText, printedNotes, shortForm } from "./findings/short-form.ts";
export type { NumberChoice, NumberEncoding } from "./preparation/number-plan.ts";
export { fitPreparation, fitStatistics } from "./preparation/fit-preparation.ts";
export { type Structure, type StructureOptions, structureOf } from "./preparation/structure.ts";
export {
  type EncodedFeatures,
  type Preparation,
  parsePreparation,
  type PreparedColumn,
} from "./preparation/preparation.ts";
export { sparseNumbers } from "./preparation/sparse.ts";
export {
  type PreparedTable,
  readPrepared,
  type TableChoice,
} from "./preparation/prepared-table.ts";
export { type PreparationDocument } from "./preparation/schema.ts";
export {
  type ByConversion,
  type Conversion,
  CONVERSION_RATES,
  CONVERSIONS,
} from "./synthetic/conversions.ts";
export {
  OWN_LABELS,
  type PopulationOptions,
  WIDE_TOPICS,
} from "./synthetic/population.ts";
export { oracleScores, readTruth, type TrueProbabilities } from "./synthetic/truth.ts";
export { SYNTHETIC_ID } from "./synthetic/users.ts";
export { type PopulationFiles, writePopulation } from "./synthetic/write-population.ts";
export {
  binaryLabel,
  type LabelChoice,
  NO_LABEL,
  type ReadLabel,
  readLabel,
} from "./table/binary-label.ts";
export { type FeatureChoice, featureColumns, idsOf } from "./table/roles.ts";
export { tableOfRows } from "./table/take-rows.ts";
export {
  type BooleanColumn,
  type CategoryColumn,
  type Column,
  type ColumnKind,
  columnOf,
  type DateColumn,
  MISSING,
  type NumberColumn,
  type Table,
  type TextColumn,
} from "./table/table.ts";
