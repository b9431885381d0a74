export {
  type Arrangement,
  arrangeRows,
  DEFAULT_FRACTIONS,
  type Fractions,
  type PartitionPart,
  splitRows,
} from "./arrange.ts";
export { type AssignedSlots, assignSlots } from "./assign-slots.ts";
export { confirmOrder } from "./confirm.ts";
export { type IntersectionSizes, intersectTags } from "./coordinator.ts";
export { alignEcdh, type EcdhOptions } from "./ecdh.ts";
export { alignHidden, type HiddenOptions, NO_ROW, type SlotArrangement } from "./hidden.ts";
export { DEFAULT_ID_RULE, type IdRule, normaliseId, normaliseIds } from "./ids.ts";
export { alignKeyed, type KeyedOptions } from "./keyed.ts";
export type { Progress } from "./pause.ts";
export type { RandomSource } from "./shuffle.ts";
