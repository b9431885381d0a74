export { type Accept, acceptSchema } from "./accept.ts";
export type { Features, FittedPreparation, PartyData } from "./data.ts";
export type { Observer, PartyEvent } from "./events.ts";
export type { CommerceOptions, MediaOptions, PartyOptions, PartyOutcome } from "./options.ts";
export { type Timeouts, timeoutsSchema } from "./timeouts.ts";
