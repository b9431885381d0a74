import { atZero, type DenseLayer, forRelu, startLayers } from "../networks/layers.ts";
import { startNetwork } from "../networks/network.ts";
import { cutWidth, type SplitPlan, type SplitWidth } from "./plan.ts";

/** The layers of one party's half. */
export interface HalfLayers {
  /** Layers from the party's columns to the cut layer, which is linear. */
  readonly bottom: readonly DenseLayer[];
  /** Layers from the activated sum at the cut layer to the logits: commerce's; logistic has none. */
  readonly top: readonly DenseLayer[];
}

/** A party without columns computes on one column of zeros: engines refuse empty matrices. */
export function inputsOf(cols: number): number {
  return Math.max(1, cols);
}

/**
 * The starts of both halves. Those of logistic and sine are the start of `trainNetwork` on the
 * columns of both, media's first, cut between the parties. A ReLU half has starts of its own.
 */
export function startHalf(plan: SplitPlan, width: SplitWidth, side: keyof SplitWidth): HalfLayers {
  if (plan.kind === "relu") return reluHalf(plan, width, side);
  const joint = startNetwork(plan, width.media + width.commerce, plan.labels);
  return cutNetwork(joint, width)[side];
}

/**
 * Cuts a network of linear or sine units between the parties: media gets the weights of the first
 * columns; commerce those of the others, the bias, and the layers above.
 */
export function cutNetwork(
  [first, ...top]: readonly DenseLayer[],
  width: SplitWidth,
): Record<keyof SplitWidth, HalfLayers> {
  if (first === undefined) throw new Error("a network without layers has no cut");
  const { outputs, weights } = first;
  const at = width.media * outputs;
  return {
    media: { bottom: [linear(width.media, outputs, weights.subarray(0, at))], top: [] },
    commerce: { bottom: [linear(width.commerce, outputs, weights.subarray(at))], top },
  };
}

/** A linear layer from a party's columns, with a bias where the weights have a row more for it. */
function linear(cols: number, outputs: number, values: Float64Array): DenseLayer {
  const inputs = inputsOf(cols);
  const weights = new Float64Array((inputs + 1) * outputs);
  weights.set(values.subarray(0, cols * outputs));
  weights.set(values.subarray(cols * outputs), inputs * outputs);
  return { inputs, outputs, activation: "linear", weights };
}

/** Each party's own ReLU layer, then a linear one to the cut; above it commerce's output, at zero. */
function reluHalf(plan: SplitPlan, width: SplitWidth, side: keyof SplitWidth): HalfLayers {
  const cut = cutWidth(plan);
  const output = { outputs: plan.labels, activation: "linear", spread: atZero } as const;
  const top = side === "commerce" ? startLayers(cut, [output], plan.seed) : [];
  if (width[side] === 0) return { bottom: [linear(0, cut, new Float64Array())], top };
  const towers = Math.sign(width.media) + Math.sign(width.commerce);
  const bottom = startLayers(
    width[side],
    [
      { outputs: plan.tower, activation: "relu", spread: forRelu },
      // The units at the cut sum over the towers of both.
      { outputs: cut, activation: "linear", spread: (inputs) => forRelu(inputs * towers) },
    ],
    `${plan.seed} ${side}`,
  );
  return { bottom, top };
}
