import type {
  CommerceDefences,
  Disclosure,
  MediaDefences,
  Plan,
  PredictionPlan,
  ResultDocument,
  SeenRow,
  Side,
  SplitRows,
} from "@moongate/messages";
import type { EngineChoice } from "@moongate/learning";
import type { GradientNoise, MaskSource } from "@moongate/mpc";
import type { dial, Identity, Link } from "@moongate/transport";
import type { Accept, EpsilonOf } from "./accept.ts";
import type { PartyData, ScoringData } from "./data.ts";
import type { Dishonesty } from "./dishonest.ts";
import type { Observer } from "./events.ts";
import type { SavedModel } from "./model/load.ts";
import type { LoadEngine } from "./session/engine.ts";
import type { KeptNoise } from "./session/split/kept-noise.ts";
import type { Recording } from "./session/view.ts";
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
  readonly timeouts?: Partial<Timeouts>;
  /** The other's masked columns go to a file in `directory` above this size; 64 MiB by default. */
  readonly spillAboveBytes?: number;
  readonly observer?: Observer | undefined;
  /** Ends the session with INTERRUPTED, telling the others. */
  readonly signal?: AbortSignal | undefined;
  /**
   * What TensorFlow.js computes on, where this party trains or embeds in the clear; "auto" by
   * default. One that is asked for by name must load before anything is sent.
   */
  readonly engine?: EngineChoice;
  /** How an engine is loaded; by default as this machine can. For tests. */
  readonly loadEngine?: LoadEngine;
  /**
   * Put around every source of masks, by default nothing. For tests and the lab's insecure control:
   * whoever passes one must pass it to all three processes.
   */
  readonly masks?: (source: MaskSource) => MaskSource;
  /** How to reach the coordinator; by default over the network. For tests. */
  readonly connect?: (options: Parameters<typeof dial>[0]) => Promise<Link>;
  /** Put around the inner channel, by default nothing. For tests: records or corrupts frames. */
  readonly wrapInner?: (inner: Link) => Link;
  /**
   * For the privacy lab's repeatable sessions alone: what a masked training otherwise draws from the
   * system's generator. No configuration reaches it.
   */
  readonly drawn?: {
    /** 32 bytes that the masks of scored rows are derived of. */
    readonly secret: Uint8Array;
    /** Added to this party's share where the plan is noisy. */
    readonly noise: GradientNoise;
  };
}

interface TrainingOptions extends SessionOptions {
  readonly data: PartyData;
  /** Takes down what this party receives and can open; by default nothing is. */
  readonly record?: Recording;
  /**
   * A run's noise key, to repeat that split training: refused for any other. Without one the start
   * and the noise are derived of random bytes.
   */
  readonly repeat?: KeptNoise | undefined;
  /** 32 bytes in place of the random ones, whatever they are used on: for tests and the lab alone. */
  readonly noiseKey?: Uint8Array;
}

export interface MediaOptions extends TrainingOptions {
  readonly role: "media";
  readonly accept: Accept;
  /** The defences media knows; without them it takes part in no session that asks for one. */
  readonly defence?: MediaDefences;
  /** Media's accountant; without one it takes part in no session that claims an epsilon. */
  readonly epsilonOf?: EpsilonOf;
  /** For the privacy lab alone: see `Dishonesty`. A masked training has no use of it. */
  readonly dishonest?: Dishonesty;
}

export interface CommerceOptions extends TrainingOptions {
  readonly role: "commerce";
  readonly plan: Plan;
  /** The defences commerce knows; without them a plan that asks for one fails. */
  readonly defence?: CommerceDefences;
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
      readonly defence?: MediaDefences;
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
  readonly engine?: ResultDocument["engine"];
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
  /** What this party trained on in the clear, if it did. */
  readonly engine?: ResultDocument["engine"];
  /** At commerce. */
  readonly result?: ResultDocument;
}
