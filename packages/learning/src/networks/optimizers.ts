import type { DenseLayer } from "./layers.ts";

/** Moves the layers' weights by the gradients of one batch. */
export type Optimizer = (gradients: readonly Float32Array[], rate: StepRate) => void;

export interface StepRate {
  /** The learning rate of this step. */
  readonly rate: number;
  /** What makes the summed gradient a mean: one over the batch size. */
  readonly perRow: number;
}

export interface MomentumOptions {
  readonly momentum: number;
  readonly weightDecay: number;
  /**
   * The way the weights' decay enters: through the velocity (it builds up with the momentum), or
   * straight from the weights.
   */
  readonly decayThrough: "velocity" | "weights";
  /** Factors of the learning rate by layer. */
  readonly layerRates?: readonly number[] | undefined;
}

/** v ← μ v + η (g + λ W), W ← W − v; or with the decay apart, W ← W − v − η λ W. */
export function momentum(layers: readonly DenseLayer[], options: MomentumOptions): Optimizer {
  const velocities = layers.map(({ weights }) => new Float64Array(weights.length));
  const direct = options.decayThrough === "weights";
  return (gradients, { rate, perRow }) => {
    layers.forEach(({ weights }, index) => {
      const velocity = velocities[index] ?? new Float64Array();
      const gradient = gradients[index] ?? new Float32Array();
      const scale = rate * perRow * (options.layerRates?.[index] ?? 1);
      const decay = rate * options.weightDecay;
      for (let i = 0; i < weights.length; i++) {
        const weight = weights[i] ?? 0;
        const decayed = decay * weight;
        const slowed = options.momentum * (velocity[i] ?? 0) + scale * (gradient[i] ?? 0);
        const next = direct ? slowed : slowed + decayed;
        velocity[i] = next;
        weights[i] = direct ? weight - next - decayed : weight - next;
      }
    });
  };
}

const [FIRST_DECAY, SECOND_DECAY, ADAM_MARGIN] = [0.9, 0.999, 1e-8] as const;

/** Adam with decoupled weight decay (Loshchilov and Hutter, ICLR 2019). */
export function adam(
  layers: readonly DenseLayer[],
  options: { readonly weightDecay: number },
): Optimizer {
  const moments = layers.map(({ weights }) => ({
    first: new Float64Array(weights.length),
    second: new Float64Array(weights.length),
  }));
  let steps = 0;
  return (gradients, { rate, perRow }) => {
    steps += 1;
    const unbiasFirst = 1 / (1 - FIRST_DECAY ** steps);
    const unbiasSecond = 1 / (1 - SECOND_DECAY ** steps);
    layers.forEach(({ weights }, index) => {
      const { first, second } = moments[index] ?? { first: weights, second: weights };
      const gradient = gradients[index] ?? new Float32Array();
      for (let i = 0; i < weights.length; i++) {
        const g = (gradient[i] ?? 0) * perRow;
        const m = FIRST_DECAY * (first[i] ?? 0) + (1 - FIRST_DECAY) * g;
        const s = SECOND_DECAY * (second[i] ?? 0) + (1 - SECOND_DECAY) * g * g;
        first[i] = m;
        second[i] = s;
        const weight = weights[i] ?? 0;
        const step = (m * unbiasFirst) / (Math.sqrt(s * unbiasSecond) + ADAM_MARGIN);
        weights[i] = weight - rate * (step + options.weightDecay * weight);
      }
    });
  };
}
