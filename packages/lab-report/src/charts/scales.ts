/** A linear or logarithmic way from values to places. */
export interface Scale {
  (value: number): number;
  readonly domain: readonly [number, number];
  readonly range: readonly [number, number];
}

export function linear(domain: readonly [number, number], range: readonly [number, number]): Scale {
  const slope = (range[1] - range[0]) / (domain[1] - domain[0]);
  return Object.assign((value: number) => range[0] + (value - domain[0]) * slope, {
    domain,
    range,
  });
}

export function logarithmic(
  domain: readonly [number, number],
  range: readonly [number, number],
): Scale {
  const inner = linear([Math.log(domain[0]), Math.log(domain[1])], range);
  return Object.assign((value: number) => inner(Math.log(value)), { domain, range });
}

/** Round numbers inside a domain, about as many as wanted, and the places they need. */
export function ticks(
  [low, high]: readonly [number, number],
  wanted: number,
): { readonly values: readonly number[]; readonly places: number } {
  const rough = (high - low) / wanted;
  const unit = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5].find((each) => each * unit >= rough) ?? 10) * unit;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  const places = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  return {
    values: Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step),
    places:
      Math.abs(step * 10 ** places - Math.round(step * 10 ** places)) > 1e-6 ? places + 1 : places,
  };
}
