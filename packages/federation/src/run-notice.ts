import type { Side } from "@moongate/messages";

/** The file of a run directory that says in plain words what is in it. */
export const NOTICE_FILE = "README.txt";

/**
 * SECRET: with it somebody takes masks or noise off, uses the model, or takes this process's place.
 * PRIVATE: data of users, or made of them. plain: sizes, names and figures.
 */
export type Worth = "SECRET" | "PRIVATE" | "plain";

/** The files that a run directory may hold, by name. */
export type RunFiles = Readonly<Record<string, readonly [worth: Worth, what: string]>>;

/** The file of a run directory that tells what was seen while the own table was read. */
export const TABLE_FILE = "table.json";

const RECORDS: RunFiles = {
  "report.html": ["PRIVATE", "this run in words and pictures, for a browser"],
  [TABLE_FILE]: ["PRIVATE", "types, ranges, levels and what becomes of the own table's columns"],
  "ledger.json": ["plain", "what was opened on purpose, to whom and why"],
  "seen.json": ["plain", "what this process received, by kind, and whether it could read it"],
  "log.ndjson": ["plain", "what happened when, one JSON document a line"],
};

const OF_TRAINING: RunFiles = {
  "model/": ["SECRET", "this party's share of the model, and how its columns were prepared"],
  "noise.key": ["SECRET", "split only: the start and the noise of this party's half"],
  "view/": ["PRIVATE", "recorded only: all that this party brought, received and could open"],
};

const OF_MEDIA: RunFiles = {
  "outcome.json": ["plain", "what the session came to: rows, times, disclosures"],
};

const OF_COMMERCE: RunFiles = {
  "result.json": ["plain", "what the session came to: models, costs, disclosures"],
  "scores.csv": ["PRIVATE", "ids, labels and scores of validation and test rows"],
  "baseline-scores.csv": ["PRIVATE", "the same by commerce's best model alone"],
};

/** The files that a training may leave at a party. */
export const trainingFiles = (side: Side): RunFiles => ({
  ...(side === "commerce" ? OF_COMMERCE : OF_MEDIA),
  ...OF_TRAINING,
  ...RECORDS,
});

/** The files that a prediction may leave at a party. */
export const predictionFiles = (side: Side): RunFiles => ({
  ...(side === "commerce" ? { "scores.csv": ["PRIVATE", "ids and scores of the new rows"] } : {}),
  ...RECORDS,
});

/** @param what one sentence, with its full stop, that says whose directory it is. */
export function runNotice(what: string, files: RunFiles): string {
  const width = Math.max(...Object.keys(files).map((name) => name.length));
  const lines = Object.entries(files).map(
    ([name, [worth, text]]) => `${name.padEnd(width)}  ${worth.padEnd(7)}  ${text}`,
  );
  return `${what} It is for its owner alone.

${lines.join("\n")}

SECRET: never to another party, nor to the coordinator. PRIVATE: of users. What a session did not
need is not there. SECURITY.md says what losing each of them means.
`;
}
