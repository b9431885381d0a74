import { discreteLaplace, systemWords } from "@moongate/mpc";

/** The fewest common training users that count: fewer say too much of each and are taken as none. */
export const FEWEST_COMMON = 20;

/** Deviation scale of the noise on the number of common users, in users: 0.1-differentially private. */
const NOISE_SCALE = 10n;
/** The share is announced as 2^(-n/2), n from 0 to this. */
const MOST_HALVINGS = 12;

/**
 * The share of training slots that both parties have a row in, as it is announced for the learning
 * rate. Where the slots are padded, the number of common users is secret: noise of some tens of users
 * is added and the share is rounded to a power of √2. One user more or less changes the probability
 * of any announcement by a factor of e^0.1 at most. As a bare union, the number is known anyway.
 */
export function announcedOverlap(
  common: number,
  slots: number,
  padded: boolean,
  noise: (scale: bigint) => bigint = (scale) => discreteLaplace(scale, systemWords()),
): number {
  if (!padded) return Math.max(1, common) / Math.max(1, slots);
  const noisy = Math.max(1, common + Number(noise(NOISE_SCALE)));
  const halvings = Math.round(-2 * Math.log2(noisy / Math.max(1, slots)));
  return 2 ** (-Math.min(MOST_HALVINGS, Math.max(0, halvings)) / 2);
}
