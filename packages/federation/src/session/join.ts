import { MoongateError } from "@moongate/errors";
import { otherParty, type Plan, planDigest, PROTOCOL_VERSION } from "@moongate/messages";
import { normaliseFingerprint } from "@moongate/transport";
import { requireAcceptable } from "../accept.ts";
import type { Connected } from "./connect.ts";
import type { Session } from "./session.ts";

export interface Joined {
  readonly plan: Plan;
  readonly incarnation: number;
}

/**
 * 1. Say who I am and which session I want.
 * 2. Commerce proposes the plan; media sees it and agrees, or refuses.
 * 3. Both are welcomed with the plan, the incarnation and the other's fingerprint.
 */
export async function join(session: Session, { control }: Connected): Promise<Joined> {
  const { options, timeouts, role } = session;
  const other = otherParty(role);
  await control.send({
    type: "join",
    version: PROTOCOL_VERSION,
    session: options.session,
    role,
    fingerprint: options.identity.fingerprint,
  });
  const missing = `${other} did not join`;
  let plan: Plan;
  if (options.role === "commerce") {
    ({ plan } = options);
    await control.send({ type: "plan", plan });
  } else {
    ({ plan } = await control.receive("plan", timeouts.joinMs, missing));
    requireAcceptable(plan, options.accept);
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

function requireSame({ options }: Session, agreed: Plan, welcomed: Plan): void {
  if (agreed.session !== options.session || planDigest(agreed) !== planDigest(welcomed)) {
    throw new MoongateError(
      "SESSION_REFUSED",
      "the coordinator began another plan than was agreed",
    );
  }
}
