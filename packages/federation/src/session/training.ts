import type { Plan } from "@moongate/messages";
import type { ChosenHeads } from "@moongate/mpc";
import type { PartitionLogits } from "../baseline.ts";
import type { JointArrangement } from "../joint-rows.ts";
import type { SavedParameter } from "../model/share-tag.ts";
import type { Channel } from "./channel.ts";
import type { Connected } from "./connect.ts";
import type { Joined } from "./join.ts";
import type { Prepared } from "./prepare.ts";
import type { SessionView } from "./view.ts";

/** What the earlier phases hand to training. */
export interface Training {
  readonly connected: Connected;
  readonly joined: Joined<Plan>;
  readonly channel: Channel;
  readonly arrangement: JointArrangement;
  readonly prepared: Prepared;
  /** The recorder of what this party sees; undefined where the session is not recorded. */
  readonly view: SessionView | undefined;
}

/** What training leaves at a party. */
export interface Trained {
  /** Logits, at commerce. */
  readonly scores: PartitionLogits | undefined;
  /** Logits of the validation rows after each epoch, where commerce watches a masked training. */
  readonly looks?: readonly Float64Array[];
  /** True at commerce if a training in floating point ran away; the other party is not told. */
  readonly ranAway?: boolean | undefined;
  /** How commerce weighed the networks of a portfolio. */
  readonly chosen?: ChosenHeads | undefined;
  readonly parameters: readonly SavedParameter[];
  /** 32 bytes from which scoring masks and the tag of this party's share are derived. */
  readonly secret: Uint8Array;
}
