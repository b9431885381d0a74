import type { Arrangement } from "@moongate/alignment";
import type { Plan } from "@moongate/messages";
import type { Scores } from "../baseline.ts";
import type { SavedParameter } from "../model/share-tag.ts";
import type { Channel } from "./channel.ts";
import type { Connected } from "./connect.ts";
import type { Joined } from "./join.ts";
import type { Prepared } from "./prepare.ts";
import type { Session } from "./session.ts";
import { trainMasked } from "./train-masked.ts";
import { trainSplit } from "./train-split.ts";
import type { SessionView } from "./view.ts";

/** What a training leaves at a party. */
export interface Trained {
  /** Logits, at commerce. */
  readonly scores: Scores | undefined;
  readonly parameters: readonly SavedParameter[];
  /** What the masks of scoring by this model, and the tag of this party's part of it, are derived of. */
  readonly secret: Uint8Array;
}

/** What a training works on. */
export interface Training {
  readonly connected: Connected;
  readonly joined: Joined<Plan>;
  readonly channel: Channel;
  readonly arrangement: Arrangement;
  readonly prepared: Prepared;
  /** Where what this party sees is taken down, if it is. */
  readonly view: SessionView | undefined;
}

/** The joint model, trained by the plan's protocol. */
export function train(session: Session, training: Training): Promise<Trained> {
  const { protocol } = training.joined.plan;
  return protocol === "split" ? trainSplit(session, training) : trainMasked(session, training);
}
