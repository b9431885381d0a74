export {
  type DefenceEntry,
  type DefencePlan,
  type Defences,
  DEFENCES,
  defenceSchema,
  defenceSchemaOf,
  type EmbeddingDefence,
  type GradientDefence,
  type LabelDefence,
  LEAST_LABEL_EPSILON,
  type Place,
  settingsOf,
} from "./defences.ts";
export {
  DEFAULT_MODEL,
  hasHidden,
  type Model,
  type ModelEntry,
  type ModelKind,
  modelKindSchema,
  type Models,
  MODELS,
  modelSchema,
  modelSchemaOf,
  namesOf,
} from "./models.ts";
export { type Protocol, protocolSchema } from "./protocols.ts";
