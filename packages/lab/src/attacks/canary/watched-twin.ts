import { at } from "@moongate/errors";
import { type GradientNoise, type Shared, TwinMachine, valuesOf } from "@moongate/mpc";

/**
 * The plaintext twin under an observer of every noisy gradient: what the weights of all steps are a
 * function of, and so the strongest reader that the proof allows for (docs/protocols/dp.md).
 */
export class WatchedTwin extends TwinMachine {
  readonly #direction: readonly number[];
  #sum = 0;
  #steps = 0;
  /** True if the step to come counts, since its batch has the row in question. */
  watching = true;

  /**
   * @param noise what one party adds to its share.
   * @param direction one number for each value of a gradient, of Euclidean length 1.
   */
  constructor(noise: GradientNoise, direction: readonly number[]) {
    super(undefined, [noise]);
    this.#direction = direction;
  }

  override addNoise(a: Shared, sigma: bigint): Shared {
    const noisy = super.addNoise(a, sigma);
    if (!this.watching) return noisy;
    const values = valuesOf(noisy);
    const along = this.#direction.reduce((sum, part, index) => sum + part * at(values, index), 0);
    this.#sum += along / (Number(sigma) * 2 ** -a.scale);
    this.#steps += 1;
    return noisy;
  }

  /**
   * The gradients' part along the direction, each step in deviations of the noise that the plan
   * asks for, over the square root of the steps: of that noise alone it is standard normal.
   */
  get score(): number {
    return this.#sum / Math.sqrt(Math.max(1, this.#steps));
  }
}
