import type { CommerceDefences, MediaDefences } from "@moongate/defences";
import type { Disclosure, ResultDocument } from "@moongate/results";
import type { Plan, PredictionPlan, SeenRow, Side, PartitionRows } from "@moongate/messages";
import type { EngineChoice } from "@moongate/learning";
import type { Identity } from "@moongate/transport";
import type { Accept, EpsilonOf } from "./accept.ts";
import type { PartyData, ScoringData } from "./data.ts";
import type { Observer } from "./events.ts";
import type { SessionHooks } from "./hooks.ts";
import type { SavedModel } from "./model/load.ts";
import type { Recording } from "./recording.ts";
import type { KeptNoise } from "./session/split/kept-noise.ts";
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
  /** The folder of what this party remembers across sessions: see `registersFolder`. */
  readonly registers?: string | undefined;
  readonly timeouts?: Partial<Timeouts> | undefined;
  /** The other's masked columns go to a file in `directory` above this size; 64 MiB by default. */
  readonly spillAboveBytes?: number | undefined;
  readonly observer?: Observer | undefined;
  /** Ends the session with INTERRUPTED, telling the others. */
  readonly signal?: AbortSignal | undefined;
  /**
   * What TensorFlow.js computes on, where this party trains or embeds in the clear; "auto" by
   * default. One that is asked for by name must load before anything is sent.
   */
  readonly engine?: EngineChoice | undefined;
  /** Replacements for parts of the session, for tests and the privacy lab alone. */
  readonly hooks?: SessionHooks | undefined;
}

interface TrainingOptions extends SessionOptions {
  readonly data: PartyData;
  /** Takes down what this party receives and can open; by default nothing is. */
  readonly record?: Recording | undefined;
  /**
   * A run's noise key, to repeat that split training: refused for any other. Without one the start
   * and the noise are derived of random bytes.
   */
  readonly repeat?: KeptNoise | undefined;
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
  /** What this party embedded on in the clear, if it did. */
  readonly engine?: ResultDocument["engine"] | undefined;
  /** At commerce: the file with the scores. */
  readonly scores?: string | undefined;
}

/** What a training session leaves at a party. */
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
  /** What this party trained on in the clear, if it did. */
  readonly engine?: ResultDocument["engine"] | undefined;
  /** At commerce. */
  readonly result?: ResultDocument | undefined;
}
