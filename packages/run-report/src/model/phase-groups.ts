/** Phases that a picture shows in one colour, in the order in which they happen. */
export const GROUPS = [
  "handshake",
  "alignment",
  "preparation",
  "masking",
  "training",
  "scoring",
  "report",
] as const;
export type PhaseGroup = (typeof GROUPS)[number];

const GROUP_OF: Readonly<Partial<Record<string, PhaseGroup>>> = {
  connect: "handshake",
  join: "handshake",
  channel: "handshake",
  close: "handshake",
  alignment: "alignment",
  preparation: "preparation",
  local: "preparation",
  masking: "masking",
  training: "training",
  evaluation: "scoring",
  scoring: "scoring",
  report: "report",
};

/** A phase that this table does not know was added for the end of a session. */
export const groupOf = (phase: string): PhaseGroup => GROUP_OF[phase] ?? "report";
