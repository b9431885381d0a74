import type { Session } from "./session.ts";
import { trainMasked } from "./train-masked.ts";
import { trainSplit } from "./train-split.ts";
import type { Trained, Training } from "./training.ts";

/** Trains the joint model by the plan's protocol. */
export function train(session: Session, training: Training): Promise<Trained> {
  const { protocol } = training.joined.plan;
  return protocol === "split" ? trainSplit(session, training) : trainMasked(session, training);
}
