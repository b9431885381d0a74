import type { EngineChoice, RawColumn } from "@moongate/learning";
import type { PartitionRows, Plan, Side } from "@moongate/messages";
import type { GradientNoise } from "@moongate/mpc";
import type { ArrangedFeatures, PartyData } from "./data.ts";

/** Both parties' tables in one hand. */
export interface BothTables {
  readonly plan: Plan;
  readonly media: PartyData;
  readonly commerce: PartyData;
  /** Preparations that a session saved; without them they are fitted anew. */
  readonly preparations?: Readonly<Record<Side, unknown>> | undefined;
  /** The engine of TensorFlow.js; "auto" by default. */
  readonly engine?: EngineChoice | undefined;
  /** Each party's noise of a noisy plan; without it the model is trained without noise. */
  readonly noises?: readonly GradientNoise[] | undefined;
  /** Ends what is trained on both tables with its reason. */
  readonly signal?: AbortSignal | undefined;
}

/** The joint table in one hand. */
export interface PooledRows {
  readonly rows: PartitionRows;
  readonly labels: Uint8Array;
  readonly media: ArrangedFeatures;
  readonly commerce: ArrangedFeatures;
  /** The same rows as the tables have them, where both have rows for every joint one. */
  readonly raw?: Readonly<Record<Side, readonly RawColumn[]>> | undefined;
  readonly ids: readonly string[];
}
