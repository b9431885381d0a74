const [BETA1, BETA2] = [0.9, 0.999];

/** Adam's moments of one array of parameters (Kingma and Ba, ICLR 2015). */
export class Adam {
  readonly #first: Float64Array;
  readonly #second: Float64Array;
  #updates = 0;

  constructor(length: number) {
    this.#first = new Float64Array(length);
    this.#second = new Float64Array(length);
  }

  /** One step down the gradient. */
  update(values: Float64Array, gradient: Float64Array, rate: number): void {
    this.#updates += 1;
    const correction = Math.sqrt(1 - BETA2 ** this.#updates) / (1 - BETA1 ** this.#updates);
    for (let i = 0; i < values.length; i++) {
      const g = gradient[i] ?? 0;
      const first = BETA1 * (this.#first[i] ?? 0) + (1 - BETA1) * g;
      const second = BETA2 * (this.#second[i] ?? 0) + (1 - BETA2) * g * g;
      this.#first[i] = first;
      this.#second[i] = second;
      values[i] = (values[i] ?? 0) - (rate * correction * first) / (Math.sqrt(second) + 1e-12);
    }
  }
}
