import type { DefencePlan } from "@moongate/messages";
import type { Unit } from "./unit.ts";

/** A defence of the grid: how the plan says it, and how the report does. */
export interface GridDefence {
  readonly plan: DefencePlan;
  readonly shown: NonNullable<Unit["defence"]>;
}

type Place = keyof DefencePlan;

/**
 * One defence at several strengths. `strength` grows with protection, so where the dial turns the
 * other way (epsilon, bins) its inverse is taken.
 */
function dial<P extends Place>(
  place: P,
  kind: string,
  values: readonly number[],
  make: (value: number) => NonNullable<DefencePlan[P]>,
  title: (value: number) => string,
  strength: (value: number) => number = (value) => value,
): GridDefence[] {
  return values.map((value) => ({
    plan: { [place]: make(value) },
    shown: { place, kind, title: title(value), strength: strength(value) },
  }));
}

/** What the defences of a grid are tried at. */
export interface Strengths {
  /** ε of randomised response. */
  readonly labels: readonly number[];
  /** ε of defences with a prior, which at small ε draw every label alike. */
  readonly prior: readonly number[];
  /** Noise multiplier of clipped gradients. */
  readonly gaussian: readonly number[];
  readonly marvell: readonly number[];
  readonly isotropic: readonly number[];
  readonly quantiles: readonly number[];
  readonly bins: readonly number[];
  /** Noise multiplier of clipped embeddings. */
  readonly noise: readonly number[];
  readonly correlation: readonly number[];
}

/** A cut-layer gradient's norm: most are shorter, so that clipping changes few. */
const GRADIENT_CLIP = 1;
const EMBEDDING_CLIP = 2;

const inverse = (value: number): number => 1 / value;

/**
 * Every defence of the split protocol, alone, by place.
 * @param prior public share of positives, that defences of labels take.
 */
export function gridDefences(at: Strengths, prior: number): GridDefence[] {
  return [
    ...dial(
      "labels",
      "randomised-response",
      at.labels,
      (epsilon) => ({ kind: "randomised-response", epsilon }),
      (epsilon) => `randomised response, ε = ${epsilon}`,
      inverse,
    ),
    ...dial(
      "labels",
      "randomised-response-with-prior",
      at.prior,
      (epsilon) => ({ kind: "randomised-response-with-prior", epsilon, prior }),
      (epsilon) => `RR with prior, ε = ${epsilon}`,
      inverse,
    ),
    ...dial(
      "labels",
      "lp-2st",
      at.prior,
      (epsilon) => ({ kind: "lp-2st", epsilon, prior }),
      (epsilon) => `LP-2ST, ε = ${epsilon}`,
      inverse,
    ),
    ...dial(
      "gradient",
      "gaussian",
      at.gaussian,
      (multiplier) => ({ kind: "gaussian", clip: GRADIENT_CLIP, multiplier }),
      (multiplier) => `clipped Gaussian, multiplier ${multiplier}`,
    ),
    ...dial(
      "gradient",
      "marvell",
      at.marvell,
      (s) => ({ kind: "marvell", s }),
      (s) => `Marvell, s = ${s}`,
    ),
    {
      plan: { gradient: { kind: "max-norm" } },
      shown: { place: "gradient", kind: "max-norm", title: "max-norm", strength: null },
    },
    ...dial(
      "gradient",
      "isotropic",
      at.isotropic,
      (t) => ({ kind: "isotropic", t }),
      (t) => `isotropic, t = ${t}`,
    ),
    ...dial(
      "gradient",
      "sparsification",
      at.quantiles,
      (quantile) => ({ kind: "sparsification", quantile }),
      (quantile) => `sparsification, ${Math.round(quantile * 100)}%`,
    ),
    ...dial(
      "gradient",
      "discretisation",
      at.bins,
      (bins) => ({ kind: "discretisation", bins }),
      (bins) => `discretisation, ${bins} bins`,
      inverse,
    ),
    ...dial(
      "embedding",
      "noise",
      at.noise,
      (multiplier) => ({ kind: "noise", clip: EMBEDDING_CLIP, multiplier }),
      (multiplier) => `noise on embeddings, multiplier ${multiplier}`,
    ),
    ...dial(
      "embedding",
      "distance-correlation",
      at.correlation,
      (weight) => ({ kind: "distance-correlation", weight }),
      (weight) => `distance correlation, weight ${weight}`,
    ),
  ];
}
