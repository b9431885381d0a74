import type {
  Disclosure,
  Plan,
  PredictionPlan,
  ResultDocument,
  SeenRow,
  Side,
  SplitRows,
} from "@moongate/messages";
import type { dial, Identity, Link } from "@moongate/transport";
import type { Accept } from "./accept.ts";
import type { PartyData, ScoringData } from "./data.ts";
import type { Observer } from "./events.ts";
import type { SavedModel } from "./model/load.ts";
import type { Timeouts } from "./timeouts.ts";

/** What every session of a party needs, whatever its task. */
export interface SessionOptions {
  readonly role: Side;
  /** The session's name on the coordinator: both parties use the same. */
  readonly session: string;
  readonly coordinator: { readonly url: string; readonly fingerprint: string };
  readonly identity: Identity;
  /** The other party's certificate. */
  readonly peer: { readonly fingerprint: string };
  readonly data: { readonly ids: readonly string[] };
  /** Where this run's files go: made if absent (0700), and must be empty. */
  readonly directory: string;
  readonly timeouts?: Partial<Timeouts>;
  /** The other's masked columns go to a file in `directory` above this size; 64 MiB by default. */
  readonly spillAboveBytes?: number;
  readonly observer?: Observer;
  /** Ends the session with INTERRUPTED, telling the others. */
  readonly signal?: AbortSignal;
  /** How to reach the coordinator; by default over the network. For tests. */
  readonly connect?: (options: Parameters<typeof dial>[0]) => Promise<Link>;
  /** Put around the inner channel, by default nothing. For tests: records or corrupts frames. */
  readonly wrapInner?: (inner: Link) => Link;
}

interface TrainingOptions extends SessionOptions {
  readonly data: PartyData;
}

export interface MediaOptions extends TrainingOptions {
  readonly role: "media";
  readonly accept: Accept;
}

export interface CommerceOptions extends TrainingOptions {
  readonly role: "commerce";
  readonly plan: Plan;
}

export type PartyOptions = MediaOptions | CommerceOptions;

interface ScoringOptions extends SessionOptions {
  readonly data: ScoringData;
  /** This party's share, as its training left it. */
  readonly model: SavedModel;
}

/** A session that scores new rows; commerce proposes what its model's training agreed on. */
export type PredictionOptions =
  | (ScoringOptions & { readonly role: "media"; readonly accept: Accept })
  | (ScoringOptions & { readonly role: "commerce" });

/** What a prediction leaves at a party. */
export interface PredictionOutcome {
  readonly plan: PredictionPlan;
  /** Users that were scored. */
  readonly rows: number;
  readonly disclosures: readonly Disclosure[];
  readonly seen: readonly SeenRow[];
  readonly seconds: Readonly<Record<string, number>>;
  readonly runDirectory: string;
  /** At commerce: the file with the scores. */
  readonly scores?: string;
}

/** What a training session leaves at a party. */
export interface PartyOutcome {
  readonly plan: Plan;
  /** Rows of the joint table. */
  readonly rows: SplitRows;
  /** The name of the trained model, whose share is in the run directory. */
  readonly model: string;
  readonly disclosures: readonly Disclosure[];
  readonly seen: readonly SeenRow[];
  readonly seconds: Readonly<Record<string, number>>;
  readonly runDirectory: string;
  /** At commerce. */
  readonly result?: ResultDocument;
}
