/**
 * Which package may import which. ARCHITECTURE.md prints the same table and a test compares the
 * two. Every package may also import `errors`, which imports nothing.
 */
export const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  errors: [],
  ring: [],
  transport: [],
  learning: [],
  data: [],
  logging: [],
  mpc: ["ring", "transport"],
  alignment: ["transport"],
  messages: ["mpc"],
  views: ["messages"],
  privacy: ["learning", "mpc", "messages", "views"],
  federation: ["ring", "transport", "mpc", "alignment", "learning", "logging", "messages", "views"],
  "party-data": ["data", "federation"],
  "media-party": ["transport", "federation", "party-data", "privacy"],
  "commerce-party": ["transport", "federation", "party-data", "privacy"],
  coordinator: ["ring", "transport", "mpc", "alignment", "messages", "views"],
  benchmark: ["everything"],
  cli: ["everything"],
};

/** In the table: any package. */
export const EVERYTHING = "everything";

/** What a package must not reach, not even through others. */
export const MUST_NOT_REACH: Readonly<Record<string, readonly string[]>> = {
  coordinator: ["data", "learning", "federation"],
  "media-party": ["commerce-party"],
  "commerce-party": ["media-party"],
};

/** Packages that must run in a browser: no Node module outside their tests. */
export const WITHOUT_NODE: readonly string[] = ["ring"];
