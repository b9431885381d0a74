import { at } from "@moongate/errors";
import type { Plan } from "@moongate/messages";
import { type JointArrangement, ownRowsIn } from "../joint-rows.ts";
import { registersFolder } from "../register/folder.ts";
import { MatchedSets } from "../register/matched-sets.ts";
import type { Session } from "./session.ts";

/**
 * Commerce's say on which users a label is trained on, by its register. Held-out users do not count:
 * media could choose some to hide that two sets of training users hardly differ. Under hidden alignment it
 * does not know them, so nothing is asked or remembered.
 * @throws MoongateError DIFFERENCE_TOO_SMALL
 */
export async function admitUsers(
  { options, progress }: Session,
  plan: Plan,
  { order, train }: JointArrangement,
): Promise<void> {
  if (options.role !== "commerce" || plan.alignment.method === "hidden") return;
  const minimum = options.accept?.minimumNewUsers ?? 0;
  if (minimum === 0) return;
  const ids = Array.from(ownRowsIn(order.subarray(0, train)), (row) => at(options.data.ids, row));
  const sets = new MatchedSets(registersFolder(options), minimum);
  await sets.admit(ids, plan.labels, ({ label, difference }) => {
    progress.note(
      `An earlier training of "${label}" had the same users but ${difference}, and ${minimum} are the least ` +
        "(accept.minimumNewUsers).",
    );
  });
}
