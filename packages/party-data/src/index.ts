export { loadPartyData, type LoadedTable, type LoadOptions } from "./load-party-data.ts";
export { readingOf } from "./read-own-table.ts";
export { loadScoring, readNewRows, type Scoring } from "./load-scoring.ts";
export { suspectColumns } from "./suspects.ts";
export { tableReport } from "./table-report.ts";
