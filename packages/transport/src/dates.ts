import type { X509Certificate } from "node:crypto";
import { MoongateError } from "@moongate/errors";

/** How far the clocks of two machines may differ where a certificate's dates are compared. */
export const DATE_TOLERANCE_MS = 24 * 3600 * 1000;

/**
 * Refuses a certificate that is not valid yet or any more, with a day's tolerance either way. The
 * fingerprint says whose it is; the dates bound how long a key that was lost can be used.
 * @param whose begins the message: "media", "the certificate of this process".
 * @throws MoongateError PEER_UNTRUSTED
 */
export function checkDates(
  certificate: Pick<X509Certificate, "validFrom" | "validTo">,
  whose: string,
  now = Date.now(),
): void {
  const { validFrom, validTo } = certificate;
  // A date that cannot be read compares as false, and is refused.
  if (!(now >= Date.parse(validFrom) - DATE_TOLERANCE_MS)) {
    throw outOfDate(`${whose} showed a certificate that is valid from ${validFrom} only`);
  }
  if (!(now <= Date.parse(validTo) + DATE_TOLERANCE_MS)) {
    throw outOfDate(`${whose} showed a certificate that expired on ${validTo}`);
  }
}

const outOfDate = (cause: string): MoongateError =>
  new MoongateError("PEER_UNTRUSTED", cause, {
    cure: "Set the clocks of both machines; if they are right, make a new pair with `moongate keys` and have the others pin it.",
  });
