import { createHash } from "node:crypto";
import type { Inputs } from "@moongate/mpc";

/**
 * How media tells the users of slots apart, for its score offsets: by slot and session, whether it has
 * the user or not. Offsets that were the same for a user of its own in every session, and others for
 * strangers, would tell commerce whom media has; the same ones in every session for a slot would fall
 * out of the difference of two.
 * @param pairKey fresh in every session.
 */
export function slotUsers(pairKey: Uint8Array): NonNullable<Inputs["users"]> {
  const session = createHash("sha256").update("moongate/1 slots of a session").update(pairKey);
  const name = session.digest("hex");
  return (slot) => `slot ${slot} of ${name}`;
}
