export { loadPartyData, type LoadOptions } from "./load-party-data.ts";
export { loadScoring, type Scoring } from "./load-scoring.ts";
