import { DEFENCES, type DefencePlan } from "@moongate/catalogue";
import { describeDefence } from "@moongate/defences";

/** The fences of the chapter, each with one dial. */
export const FENCES = ["gaussian", "marvell", "randomised-response", "sparsification"] as const;
export type Fence = (typeof FENCES)[number];

/** Positions of a dial, from hardly a fence to a high one. */
export const DIAL_POSITIONS = 12;

/** The weakest and the strongest setting of each dial; between them it is turned by equal factors. */
const RANGES: Readonly<Record<Fence, readonly [weakest: number, strongest: number]>> = {
  gaussian: [0.02, 2],
  marvell: [0.1, 16],
  "randomised-response": [8, 0.25],
  sparsification: [0.1, 0.98],
};

/** The setting at a position, to two digits, as the catalogue's dials are written. */
export function settingAt(fence: Fence, position: number): number {
  const [weakest, strongest] = RANGES[fence];
  return Number((weakest * (strongest / weakest) ** (position / DIAL_POSITIONS)).toPrecision(2));
}

/** The setting as reports write it. */
export const saysSetting = (fence: Fence, position: number): string =>
  DEFENCES[fence].dial.says(settingAt(fence, position));

/** The plan of a session with this fence. */
export function planOf(fence: Fence, position: number): DefencePlan {
  const setting = settingAt(fence, position);
  if (fence === "gaussian") {
    return { gradient: { kind: fence, ...DEFENCES.gaussian.dial.beside, multiplier: setting } };
  }
  if (fence === "marvell") return { gradient: { kind: fence, s: setting } };
  if (fence === "sparsification") return { gradient: { kind: fence, quantile: setting } };
  return { labels: { kind: fence, epsilon: setting } };
}

/** How far a fence is proven: of the whole training, of one crossing, or not at all. */
export const provenOf = (fence: Fence, position: number) =>
  describeDefence(planOf(fence, position))[0]?.proven ?? "none";
