import { at } from "@moongate/errors";
export interface MaliciousOptions {
  /**
   * The momentum of the velocity v ← momentum v + gradient whose successive values are compared. Default 0:
   * those of the gradients themselves.
   */
  readonly momentum?: number;
  /** γ, the weight of the ratio. Default 1. */
  readonly gain?: number;
  /** The factor is kept between these. Default 1 and 5. */
  readonly least?: number;
  readonly most?: number;
}

/** What media learns from instead of the gradients of its own layers; remembers the last ones. */
export type MaliciousStep = (gradients: readonly Float32Array[]) => readonly Float32Array[];

/**
 * The malicious local optimiser of Fu et al., Label Inference Attacks Against Vertical Federated
 * Learning, USENIX Security 2022: a party that wants the joint network to lean on its own bottom
 * model learns faster than agreed. Each step, for each weight apart:
 *
 * 1. v ← momentum v + gradient.
 * 2. The factor is 1 + γ v / (v of the step before), not below 1 and not above 5; in the first step,
 *    and where v was 0, it is 1.
 * 3. The gradient is multiplied by it.
 *
 * So a weight whose gradient changed its sign learns as agreed, one that is pulled on in the same
 * direction faster, up to five times. The published code (MaliciousSGD, momentum 0.5 on tables)
 * adds 1e-7 to the divisor and scales the velocity that moves the weight, in place: the scaled one
 * is what the next step adds to and compares with. Here the gradient is scaled, ratios are of what
 * came, and the half's own momentum follows, so that scaling does not build up.
 *
 * @returns a step for one training: of gradients of the same shapes every time.
 */
export function maliciousOptimiser(options: MaliciousOptions = {}): MaliciousStep {
  const { momentum = 0 } = options;
  let before: readonly Float64Array[] = [];
  return (gradients) => {
    const last = before;
    before = gradients.map((gradient, layer) => velocities(gradient, last[layer], momentum));
    return gradients.map((gradient, layer) => {
      const factors = scaleFactors(before[layer] ?? new Float64Array(), last[layer], options);
      return gradient.map((value, index) => value * (factors[index] ?? 1));
    });
  };
}

/** Step 2: by weight. @param before the step before; undefined if there was none. */
export function scaleFactors(
  now: Float64Array,
  before: Float64Array | undefined,
  { gain = 1, least = 1, most = 5 }: MaliciousOptions = {},
): Float64Array {
  return now.map((value, index) => {
    const last = before === undefined ? 0 : at(before, index);
    return last === 0 ? 1 : Math.min(most, Math.max(least, 1 + gain * (value / last)));
  });
}

const velocities = (
  gradient: Float32Array,
  before: Float64Array | undefined,
  momentum: number,
): Float64Array =>
  Float64Array.from(gradient, (value, index) =>
    before === undefined ? value : momentum * at(before, index) + value,
  );
