/**
 * Every refusal Moongate can utter: its code, the process exit status that goes with it
 * (BSD sysexits where one fits) and what a user can usually do about it.
 */
export const EXIT = {
  usage: 64,
  data: 65,
  noInput: 66,
  unavailable: 69,
  internal: 70,
  operatingSystem: 71,
  cannotCreate: 73,
  inputOutput: 74,
  timeout: 75,
  protocol: 76,
  permission: 77,
} as const;

interface Entry {
  readonly exitStatus: number;
  readonly cure: string;
}

const entry = (exitStatus: number, cure: string): Entry => ({ exitStatus, cure });

export const CATALOG = {
  // what the user typed or configured
  USAGE: entry(EXIT.usage, "Run the command with --help to see its options and examples."),
  CONFIG_INVALID: entry(EXIT.usage, "Correct the named key in the configuration file."),
  FILE_MISSING: entry(
    EXIT.noInput,
    "Check the path: it starts at the current folder, or, in a configuration file, at that file's folder.",
  ),
  FILE_EXISTS: entry(EXIT.cannotCreate, "Choose another folder, or remove the old one first."),

  // what the machine refuses
  DISK_FULL: entry(
    EXIT.inputOutput,
    "Free some room on that disk, or choose a folder on another one.",
  ),
  DISK_FAILED: entry(EXIT.inputOutput, "Have the disk looked at; choose a folder on another one."),
  PATH_DENIED: entry(
    EXIT.permission,
    "Choose a folder of your own, or have the rights of this one changed.",
  ),
  PATH_UNUSABLE: entry(EXIT.cannotCreate, "Choose another path."),
  FILES_EXHAUSTED: entry(
    EXIT.operatingSystem,
    "Raise the limit on open files (ulimit -n), or end what else runs.",
  ),

  // what is in the tables
  TABLE_NOT_TEXT: entry(EXIT.data, "Give a CSV or Parquet file."),
  TABLE_DAMAGED: entry(EXIT.data, "Make or download the file again."),
  TEXT_ENCODING: entry(EXIT.data, "Save the file as UTF-8, or name its encoding."),
  CSV_EMPTY: entry(EXIT.data, "Give a CSV file with a header line and at least one row."),
  CSV_MALFORMED: entry(EXIT.data, "Mend the quoting of the named line (RFC 4180)."),
  CSV_RAGGED_ROW: entry(EXIT.data, "Give every row as many fields as the header has."),
  CSV_DUPLICATE_COLUMN: entry(EXIT.data, "Give every column a name of its own."),
  COLUMN_MISSING: entry(EXIT.data, "Name a column that is in the header."),
  COLUMN_CONSTANT: entry(EXIT.data, "Drop the column: it tells nothing."),
  COLUMN_NOT_FINITE: entry(EXIT.data, "Replace NaN and infinite values, or leave the field empty."),
  COLUMN_AMBIGUOUS: entry(EXIT.data, "Say how the column is to be read."),
  COLUMN_NOT_CLEAN: entry(
    EXIT.data,
    "Mend the named fields, or take `strict` away to have them count as missing.",
  ),
  COLUMN_KIND_CHANGED: entry(EXIT.data, "Give the column the kind of values it had in training."),
  PREPARATION_INVALID: entry(EXIT.data, "Use the preparation that was saved with the model."),
  COLUMN_NONE_LEFT: entry(EXIT.data, "Give at least one feature column beside id and labels."),
  LABEL_MISSING: entry(EXIT.data, "Name label columns that commerce's file has."),
  LABEL_NOT_BINARY: entry(EXIT.data, "Write labels as 0 and 1 (or FALSE and TRUE)."),
  LABEL_ONE_CLASS: entry(
    EXIT.data,
    "Bring rows of both classes: one alone cannot be told from the other.",
  ),
  ID_EMPTY: entry(EXIT.data, "Fill in or remove the rows without an id."),
  ID_DUPLICATE: entry(EXIT.data, "Keep one row an id."),
  ALIGNMENT_EMPTY: entry(EXIT.data, "Check that both files use the same kind of id."),
  ALIGNMENT_TOO_SMALL: entry(EXIT.data, "Use tables that share more users."),
  ALIGNMENT_MISMATCH: entry(
    EXIT.protocol,
    "Use one id rule and one version on both sides; else distrust the coordinator.",
  ),
  DIFFERENCE_TOO_SMALL: entry(
    EXIT.permission,
    "Train on the same users as before, on more other ones, or lower accept.minimumNewUsers at commerce.",
  ),
  MATCHES_LEFT_OUT: entry(
    EXIT.protocol,
    "Distrust the coordinator: it answered as if the two tables had fewer users in common.",
  ),

  // numbers
  SHAPE_MISMATCH: entry(EXIT.internal, "Report this: a tensor has another shape than declared."),
  SCALE_MISMATCH: entry(EXIT.internal, "Report this: two fixed-point scales were mixed."),
  DP_INVALID: entry(
    EXIT.usage,
    "Choose another epsilon, delta or number of epochs: as they are, the claim means nothing.",
  ),
  SATURATION: entry(
    EXIT.data,
    "Lower the learning rate or scale the features: a value left the range.",
  ),
  SPILL_FAILED: entry(
    EXIT.cannotCreate,
    "Free some room on the disk of the run directory, or choose a directory on another disk.",
  ),
  MEMORY_EXHAUSTED: entry(EXIT.internal, "Use fewer rows or columns, or a smaller batch."),

  // local models
  ENGINE_UNAVAILABLE: entry(
    EXIT.unavailable,
    'Install native TensorFlow with `npm run tensorflow`; or let Moongate choose: engine = "auto" in a configuration file, --engine auto on the command line.',
  ),
  TENSORFLOW_INSTALL: entry(
    EXIT.cannotCreate,
    "Mend what the message names, then run `npm run tensorflow` again; the other engines need none of it.",
  ),
  // the privacy lab
  VIEW_INVALID: entry(EXIT.data, "Record the run again with --record: a view cannot be mended."),

  // saved models
  MODEL_INVALID: entry(
    EXIT.data,
    "Restore the model's folder from a copy, or train again: a share cannot be mended.",
  ),
  MODEL_MISMATCH: entry(
    EXIT.protocol,
    "Both parties must use the shares that one and the same training left them.",
  ),

  // dishonest parties
  SHARE_ALTERED: entry(
    EXIT.protocol,
    "Do not trust the other party, or what carried its message: ask it what it ran, then train again.",
  ),

  DEAL_ALTERED: entry(
    EXIT.protocol,
    "Do not use this coordinator again: what it deals decides what the model becomes.",
  ),

  // what a party remembers across sessions
  REGISTER_INVALID: entry(
    EXIT.data,
    "Restore the register from a copy; remove it only if all it remembers may be forgotten.",
  ),
  REGISTER_LOCKED: entry(EXIT.cannotCreate, "Wait for this party's other process, or end it."),

  // the noise of a split training
  REPEAT_MISMATCH: entry(
    EXIT.data,
    "Repeat a run with all that it had, or leave its noise key out: new noise is drawn then.",
  ),

  TOWER_INVALID: entry(EXIT.data, "Restore the model's folder from a copy, or train again."),

  // masks
  MASK_REUSED: entry(EXIT.internal, "Report this: a one-time mask was asked for twice."),

  // connections and peers
  CONNECT_FAILED: entry(EXIT.unavailable, "Start the coordinator first and check host and port."),
  COORDINATOR_BUSY: entry(
    EXIT.timeout,
    "Wait for this party's other sessions to end, or have the coordinator's limits raised.",
  ),
  LISTEN_FAILED: entry(EXIT.unavailable, "Choose a free port."),
  PEER_UNTRUSTED: entry(
    EXIT.permission,
    "Pin the fingerprint of the certificate the peer really uses.",
  ),
  PEER_LOST: entry(
    EXIT.unavailable,
    "Look at the log of the process that went away, then start again.",
  ),
  PEER_ABORTED: entry(EXIT.unavailable, "Look at the log of the process that ended the session."),
  PARTY_STOPPED: entry(
    EXIT.unavailable,
    "Ask who runs the process that stopped: its own terminal and log say why.",
  ),
  PEER_TIMEOUT: entry(EXIT.timeout, "See whether the other process runs and the network carries."),
  FRAME_INVALID: entry(EXIT.protocol, "All processes must run the same version of Moongate."),
  FRAME_TOO_LARGE: entry(EXIT.protocol, "All processes must run the same version of Moongate."),
  FRAME_TAMPERED: entry(
    EXIT.protocol,
    "Something between the parties altered a message; do not trust it.",
  ),
  MESSAGE_INVALID: entry(EXIT.protocol, "All processes must run the same version of Moongate."),
  VERSION_MISMATCH: entry(EXIT.protocol, "Install the same version of Moongate everywhere."),
  SESSION_REFUSED: entry(EXIT.permission, "Agree on one session name and plan."),
  LINK_CLOSED: entry(EXIT.unavailable, "Start the session again."),
  KEYS_INVALID: entry(EXIT.noInput, "Make a new pair with `moongate keys`."),

  INTERNAL: entry(EXIT.internal, "Report this with the log of the run."),
  INTERRUPTED: entry(130, "Start again when ready."),
} as const satisfies Record<string, Entry>;

/** The name of a refusal, for programs. */
export type ErrorCode = keyof typeof CATALOG;
