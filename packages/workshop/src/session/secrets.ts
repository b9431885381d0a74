import { sha256 } from "@moongate/crypto";
import { type MaskSource, MaskStreams } from "@moongate/mpc";
import type { Link } from "@moongate/transport/ports";
import type { WorkshopPlan } from "./plan.ts";

/**
 * The secret of one line of the page. Real sessions take theirs from TLS and never from a public
 * seed; here everything belongs to the owner of the tab, and a link must show the same run again.
 */
export const lineSecret = (seed: string, line: string): Uint8Array =>
  sha256(`moongate/1 workshop line ${JSON.stringify([seed, line])}`);

/** Random bytes of one use of the page: the same seed, the same bytes. */
export function seededBytes(seed: string, use: string): (bytes: number) => Uint8Array {
  let block = 0;
  return (bytes) => {
    const out = new Uint8Array(bytes);
    for (let from = 0; from < bytes; from += BLOCK) {
      out.set(lineSecret(seed, `${use} ${String(block++)}`).subarray(0, bytes - from), from);
    }
    return out;
  };
}

/** Bytes of one SHA-256. */
const BLOCK = 32;

/** The masks that the two ends of a line between a party and the dealer share. */
export function maskSource(link: Link, plan: WorkshopPlan): MaskSource {
  return plan.zeroMasks
    ? ZERO_MASKS
    : new MaskStreams(link.exportKey("dealer seed", 32), { session: plan.seed, incarnation: 0 });
}

const clear = (target: Uint8Array): void => {
  target.fill(0);
};

/** The insecure control. */
export const ZERO_MASKS: MaskSource = {
  openStep: () => undefined,
  stream: () => ({ fill: clear }),
  tableMask: () => ({
    fill: (_firstRow, target) => {
      target.fill(0);
    },
  }),
};
