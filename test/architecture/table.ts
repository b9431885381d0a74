/**
 * Which package may import which, from the lowest to the highest: a row names only packages that
 * stand above it here. ARCHITECTURE.md prints the same table and a test compares the two. Every
 * package may also import `errors`, which imports nothing.
 */
export const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  errors: [],
  ring: [],
  telemetry: [],
  text: [],
  statistics: [],
  transport: [],
  learning: [],
  data: [],
  logging: [],
  mpc: ["ring", "transport"],
  alignment: ["transport"],
  messages: ["telemetry", "mpc"],
  campaign: ["text", "messages"],
  results: ["telemetry", "messages", "campaign"],
  views: ["messages"],
  defences: ["statistics", "messages"],
  coordinator: ["telemetry", "transport", "mpc", "alignment", "messages", "views"],
  federation: [
    "telemetry",
    "statistics",
    "transport",
    "learning",
    "logging",
    "mpc",
    "alignment",
    "messages",
    "results",
    "views",
    "defences",
  ],
  "party-data": ["data", "federation"],
  "media-party": ["transport", "defences", "federation", "party-data"],
  "commerce-party": ["transport", "defences", "federation", "party-data"],
  lab: [
    "statistics",
    "transport",
    "learning",
    "data",
    "mpc",
    "alignment",
    "messages",
    "results",
    "views",
    "defences",
    "coordinator",
    "federation",
    "party-data",
  ],
  "lab-report": ["text", "statistics", "campaign", "federation", "lab"],
  cli: ["everything"],
};

/**
 * What the tests of a package, their fixtures and its folder `src/testing` may import beyond that:
 * also packages above it in the table only.
 */
export const TESTS_MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  learning: ["statistics"],
  mpc: ["learning"],
  defences: ["mpc"],
  federation: ["coordinator"],
  lab: ["media-party"],
};

/** In the table: any package. */
export const EVERYTHING = "everything";

/** What a package must not reach, not even through others. */
export const MUST_NOT_REACH: Readonly<Record<string, readonly string[]>> = {
  coordinator: ["data", "learning", "federation", "lab", "lab-report"],
  "media-party": ["commerce-party", "lab", "lab-report"],
  "commerce-party": ["media-party", "lab", "lab-report"],
};

/** Packages that must run in a browser: no Node module outside their tests. */
export const WITHOUT_NODE: readonly string[] = ["ring", "text"];
