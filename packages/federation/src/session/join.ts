import { MoongateError } from "@moongate/errors";
import { otherParty, planDigest, PROTOCOL_VERSION, type SessionPlan } from "@moongate/messages";
import { normaliseFingerprint } from "@moongate/transport";
import type { SessionOptions } from "../options.ts";
import type { Connected } from "./connect.ts";
import type { Session } from "./session.ts";

export interface Joined<P extends SessionPlan = SessionPlan> {
  readonly plan: P;
  readonly incarnation: number;
}

/** Commerce proposes a plan; media agrees to the one it is shown, or throws. */
export type Terms<P extends SessionPlan> =
  | { readonly propose: P }
  | { readonly agree: (plan: SessionPlan) => P | Promise<P> };

/**
 * 1. Say who I am and which session I want.
 * 2. Commerce proposes the plan; media sees it and agrees, or refuses.
 * 3. Both are welcomed with the plan, the incarnation and the other's fingerprint.
 */
export async function join<P extends SessionPlan>(
  session: Session<SessionOptions>,
  { control }: Connected,
  terms: Terms<P>,
): Promise<Joined<P>> {
  const { options, timeouts, role } = session;
  const other = otherParty(role);
  await control.send({
    type: "join",
    version: PROTOCOL_VERSION,
    session: options.session,
    role,
    fingerprint: options.identity.fingerprint,
    peer: normaliseFingerprint(options.peer.fingerprint),
  });
  const missing = `${other} did not join`;
  let plan: P;
  if ("propose" in terms) {
    plan = terms.propose;
    await control.send({ type: "plan", plan });
  } else {
    plan = await terms.agree((await control.receive("plan", timeouts.joinMs, missing)).plan);
    await control.send({ type: "accept", plan: planDigest(plan) });
  }
  const welcome = await control.receive("welcome", timeouts.joinMs, missing);
  requireSame(session, plan, welcome.plan);
  if (welcome.peer !== normaliseFingerprint(options.peer.fingerprint)) {
    throw new MoongateError(
      "PEER_UNTRUSTED",
      `${other} joined with a certificate that is not pinned`,
    );
  }
  return { plan, incarnation: welcome.incarnation };
}

function requireSame(
  { options }: Session<SessionOptions>,
  agreed: SessionPlan,
  welcomed: SessionPlan,
): void {
  if (agreed.session !== options.session || planDigest(agreed) !== planDigest(welcomed)) {
    throw new MoongateError(
      "SESSION_REFUSED",
      "the coordinator began another plan than was agreed",
    );
  }
}
