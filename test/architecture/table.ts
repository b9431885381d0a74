/**
 * Which package may import which, from the lowest to the highest: a row names only packages that
 * stand above it here. ARCHITECTURE.md prints the same table and a test compares the two. Every
 * package may also import `errors`, which imports nothing.
 */
export const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  errors: [],
  files: [],
  crypto: [],
  ring: [],
  telemetry: [],
  text: [],
  catalogue: [],
  statistics: ["crypto"],
  transport: ["files", "crypto"],
  learning: ["crypto", "catalogue", "transport"],
  data: ["files", "crypto"],
  logging: [],
  mpc: ["crypto", "ring", "transport"],
  alignment: ["crypto", "transport"],
  messages: ["crypto", "telemetry", "catalogue", "mpc"],
  campaign: ["text", "messages"],
  results: ["telemetry", "messages", "campaign"],
  "run-report": ["files", "text", "messages", "campaign", "results"],
  views: ["messages"],
  defences: ["crypto", "catalogue", "statistics", "messages"],
  coordinator: ["files", "telemetry", "transport", "mpc", "alignment", "messages", "views"],
  federation: [
    "files",
    "telemetry",
    "catalogue",
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
  "party-data": ["statistics", "data", "alignment", "messages", "federation"],
  "media-party": ["transport", "defences", "federation", "party-data"],
  "commerce-party": ["transport", "defences", "federation", "party-data"],
  lab: [
    "catalogue",
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
  workshop: [
    "crypto",
    "ring",
    "catalogue",
    "statistics",
    "transport",
    "learning",
    "data",
    "mpc",
    "alignment",
    "messages",
    "campaign",
    "run-report",
    "views",
    "defences",
    "lab",
  ],
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

/**
 * What must run in a browser: nothing that these load there, themselves or through others, names a
 * Node module or one of Node's globals.
 */
export const WITHOUT_NODE: readonly string[] = [
  "@moongate/errors",
  "@moongate/crypto",
  "@moongate/ring",
  "@moongate/text",
  "@moongate/telemetry",
  "@moongate/statistics",
  "@moongate/transport/turn",
  "@moongate/transport/ports",
  "@moongate/data/population",
  "@moongate/mpc",
  "@moongate/mpc/lessons",
  "@moongate/alignment",
  "@moongate/messages",
  "@moongate/campaign",
  "@moongate/catalogue",
  "@moongate/defences",
  "@moongate/learning/split",
  "@moongate/lab/labels",
  "@moongate/run-report/phrases",
  "@moongate/views",
];

/**
 * Code that only ever runs out of a bundle made by a build: it may import development dependencies,
 * so that installing Moongate does not install what a page is made of.
 */
export const BUNDLED: readonly string[] = ["packages/crypto/src/browser.ts", "packages/workshop/"];
