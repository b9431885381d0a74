import { type MoongateError, MoongateError as Refusal } from "@moongate/errors";
import { type Abort, abortOf, type ControlChannel, type Side } from "@moongate/messages";
import type { Link } from "@moongate/transport";

/** One party's place in a session. */
export interface Seat {
  readonly role: Side;
  readonly link: Link;
  readonly control: ControlChannel;
  readonly fingerprint: string;
}

/** How long a party that was told the end may take to hang up. */
const HANG_UP_MS = 2000;

/** Tells a party why it is over, and hangs up in order. Never rejects. */
export async function dismiss(seat: Pick<Seat, "link" | "control">, abort: Abort): Promise<void> {
  await seat.control.send(abort).catch(() => undefined);
  await hangUp(seat.link);
}

/** Dismisses with a refusal of the coordinator's own. */
export function refuse(seat: Pick<Seat, "link" | "control">, error: MoongateError): Promise<void> {
  return dismiss(seat, abortOf(error, "coordinator"));
}

/** Orderly end of a link, cut short when the other end does not answer. Never rejects. */
export async function hangUp(link: Link): Promise<void> {
  const timer = setTimeout(() => {
    link.fail(new Refusal("PEER_TIMEOUT", `${link.peer} did not hang up`));
  }, HANG_UP_MS);
  await link.close().catch(() => undefined);
  clearTimeout(timer);
}
