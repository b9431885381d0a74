import { createHash, hkdfSync } from "node:crypto";
import type { SessionHooks } from "@moongate/federation";
import type { Side } from "@moongate/messages";
import { discreteGaussianNoise, keyedWords } from "@moongate/mpc";
import { intercept, type Link } from "@moongate/transport";

/**
 * What a party of the lab's session uses in place of fresh secrets, so that a session can be
 * repeated bit for bit: its pair key, the secret of its scoring masks, the noise in its share.
 * (Its dealer seed comes from the memory link, which has a seed as well.)
 *
 * WHOEVER KNOWS THE TEXT KNOWS EVERY MASK. It exists in the lab alone, where all three roles are one
 * process: no plan, configuration or command line can name it.
 */
export function derivedSecrets(
  text: string,
  side: Side,
): Pick<SessionHooks, "wrapInner" | "drawn"> {
  const derive = (purpose: string): Uint8Array =>
    new Uint8Array(
      createHash("sha256")
        .update(JSON.stringify([text, purpose]))
        .digest(),
    );
  return {
    // Both ends export the same.
    wrapInner: (inner) => exporting(inner, derive("between the parties")),
    drawn: {
      secret: derive(`scoring of ${side}`),
      noise: discreteGaussianNoise(keyedWords(derive(`noise of ${side}`))),
    },
  };
}

/** The same link with exported keys that are derived of this one. */
function exporting(link: Link, key: Uint8Array): Link {
  const same = intercept(link, {});
  same.exportKey = (label, length, context = new Uint8Array()) =>
    new Uint8Array(hkdfSync("sha256", key, context, label, length));
  return same;
}
