import type { Optimizer } from "./optimizers.ts";

/**
 * The same rule, told of every gradient so many steps late: what batches in flight come to, where a
 * batch is begun before the updates of the ones before it have arrived. At the end of a training the
 * last `steps` gradients are under way still, and lost.
 */
export function delayed(optimizer: Optimizer, steps: number): Optimizer {
  const underWay: Parameters<Optimizer>[] = [];
  return (...step) => {
    underWay.push(step);
    if (underWay.length <= steps) return;
    const landed = underWay.shift();
    if (landed !== undefined) optimizer(...landed);
  };
}
