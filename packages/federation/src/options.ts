import type { CommerceDefences, MediaDefences } from "@moongate/defences";
import type { Disclosure, ResultDocument } from "@moongate/results";
import type { Plan, PredictionPlan, SeenRow, Side, PartitionRows } from "@moongate/messages";
import type { EngineChoice } from "@moongate/learning";
import type { Identity } from "@moongate/transport";
import type { Accept, CommerceAccept, EpsilonOf } from "./accept.ts";
import type { OwnReport, PartyData, ScoringData } from "./data.ts";
import type { Observer } from "./events.ts";
import type { SessionHooks } from "./hooks.ts";
import type { SavedModel } from "./model/load.ts";
import type { Recording } from "./recording.ts";
import type { SavedNoise } from "./session/split/saved-noise.ts";
import type { Timeouts } from "./timeouts.ts";

/** The options that every session of a party needs, whatever its task. */
export interface SessionOptions {
  readonly role: Side;
  /** The session's name on the coordinator: both parties use the same. */
  readonly session: string;
  readonly coordinator: { readonly url: string; readonly fingerprint: string };
  readonly identity: Identity;
  /** The other party's certificate. */
  readonly peer: { readonly fingerprint: string };
  readonly data: { readonly ids: readonly string[]; readonly report?: OwnReport };
  readonly accept?: Pick<CommerceAccept, "maximumPeerRows"> | undefined;
  /** This run's folder: made if absent (0700), and must be empty. */
  readonly directory: string;
  /** The folder of what this party remembers across sessions: see `registersFolder`. */
  readonly registers?: string | undefined;
  readonly timeouts?: Partial<Timeouts> | undefined;
  /** The other's masked columns go to a file in `directory` above this size; 64 MiB by default. */
  readonly spillAboveBytes?: number | undefined;
  readonly observer?: Observer | undefined;
  /** Ends the session with INTERRUPTED, telling the others. */
  readonly signal?: AbortSignal | undefined;
  /**
   * The engine of TensorFlow.js, where this party trains or embeds in the clear; "auto" by default.
   * An engine that is asked for by name must load before anything is sent.
   */
  readonly engine?: EngineChoice | undefined;
  /** Replacements for parts of the session, for tests and the privacy lab alone. */
  readonly hooks?: SessionHooks | undefined;
}

interface TrainingOptions extends SessionOptions {
  readonly data: PartyData;
  /** Records what this party receives and can open; without it nothing is recorded. */
  readonly record?: Recording | undefined;
  /**
   * The noise key of the split training that is repeated; any other training is refused. Without a
   * key, initial weights and noise are derived from random bytes.
   */
  readonly repeat?: SavedNoise | undefined;
}

export interface MediaOptions extends TrainingOptions {
  readonly role: "media";
  readonly accept: Accept;
  /** The defences media knows; without them it takes part in no session that asks for one. */
  readonly defence?: MediaDefences | undefined;
  /** Media's accountant; without one it takes part in no session that claims an epsilon. */
  readonly epsilonOf?: EpsilonOf | undefined;
}

export interface CommerceOptions extends TrainingOptions {
  readonly role: "commerce";
  readonly plan: Plan;
  /** Limits on the other party's table and on the joint users; none without it. */
  readonly accept?: CommerceAccept | undefined;
  /** Epsilon of all trainings on any one of its users; where it is set, plans without noise are refused. */
  readonly maximumEpsilon?: number | undefined;
  /** The defences commerce knows; without them a plan that asks for one fails. */
  readonly defence?: CommerceDefences | undefined;
}

export type PartyOptions = MediaOptions | CommerceOptions;

interface ScoringOptions extends SessionOptions {
  readonly data: ScoringData;
  /** This party's share, as its training left it. */
  readonly model: SavedModel;
}

/** A session that scores new rows; commerce proposes what its model's training agreed on. */
export type PredictionOptions =
  | (ScoringOptions & {
      readonly role: "media";
      readonly accept: Accept;
      readonly defence?: MediaDefences | undefined;
    })
  | (ScoringOptions & {
      readonly role: "commerce";
      readonly accept?: Pick<CommerceAccept, "maximumPeerRows"> | undefined;
    });

/** The outcome of a prediction at a party. */
export interface PredictionOutcome {
  readonly plan: PredictionPlan;
  /** Users that were scored. */
  readonly rows: number;
  readonly disclosures: readonly Disclosure[];
  readonly seen: readonly SeenRow[];
  readonly seconds: Readonly<Record<string, number>>;
  readonly runDirectory: string;
  /** The engine this party embedded on in the clear, if it did. */
  readonly engine?: ResultDocument["engine"] | undefined;
  /** The file with the scores; commerce alone has it. */
  readonly scores?: string | undefined;
}

/** The outcome of a training at a party. */
export interface PartyOutcome {
  readonly plan: Plan;
  /** Rows of the joint table. */
  readonly rows: PartitionRows;
  /** The name of the trained model, whose share is in the run directory. */
  readonly model: string;
  readonly disclosures: readonly Disclosure[];
  readonly seen: readonly SeenRow[];
  readonly seconds: Readonly<Record<string, number>>;
  readonly runDirectory: string;
  /** The engine this party trained on in the clear, if it did. */
  readonly engine?: ResultDocument["engine"] | undefined;
  /** The result document; commerce alone has it. */
  readonly result?: ResultDocument | undefined;
}
