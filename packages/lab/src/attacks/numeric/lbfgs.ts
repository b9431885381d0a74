/** A function to minimise: its value, and its gradient into the second array. */
export type LossFunction = (point: Float64Array, gradient: Float64Array) => number;

export interface Minimum {
  readonly point: Float64Array;
  readonly value: number;
}

interface Correction {
  readonly step: Float64Array;
  readonly change: Float64Array;
  readonly curvature: number;
}

const MEMORY = 20;
const SUFFICIENT = 1e-4;
const HALVINGS = 30;
/** So many iterations must lower the value by a hundredth, or it is as good as found. */
const PATIENCE = 30;

/**
 * Limited-memory BFGS (Nocedal, Mathematics of Computation 1980) with backtracking. Ends after so
 * many iterations, below `enough`, when no step goes down, or when
 * steps hardly do.
 */
export function minimise(
  f: LossFunction,
  start: Float64Array,
  { iterations, enough }: { readonly iterations: number; readonly enough: number },
): Minimum {
  const corrections: Correction[] = [];
  let point = start.slice();
  let gradient = new Float64Array(point.length);
  let value = f(point, gradient);
  const values = [value];
  for (let iteration = 0; iteration < iterations && value > enough; iteration++) {
    const direction = downhill(gradient, corrections);
    let slope = dot(direction, gradient);
    if (!(slope < 0)) {
      corrections.length = 0;
      direction.set(gradient.map((g) => -g));
      slope = dot(direction, gradient);
    }
    // The first step's length is a guess; later ones are near 1.
    let length = corrections.length === 0 ? 1 / Math.sqrt(-slope || 1) : 1;
    const nextGradient = new Float64Array(point.length);
    let [next, nextValue] = [point, Number.POSITIVE_INFINITY];
    for (let halving = 0; halving < HALVINGS; halving++, length /= 2) {
      const reach = length;
      next = point.map((x, i) => x + reach * (direction[i] ?? 0));
      nextValue = f(next, nextGradient);
      if (nextValue <= value + SUFFICIENT * reach * slope) break;
    }
    if (!(nextValue < value)) {
      if (corrections.length === 0) break;
      corrections.length = 0;
      continue;
    }
    const step = next.map((x, i) => x - (point[i] ?? 0));
    const change = nextGradient.map((g, i) => g - (gradient[i] ?? 0));
    const curvature = dot(step, change);
    if (curvature > 1e-12 * dot(step, step)) corrections.push({ step, change, curvature });
    if (corrections.length > MEMORY) corrections.shift();
    [point, gradient, value] = [next, nextGradient, nextValue];
    values.push(value);
    if (value > 0.99 * (values.at(-1 - PATIENCE) ?? Number.POSITIVE_INFINITY)) break;
  }
  return { point, value };
}

/** Minus the inverse Hessian's estimate times the gradient: the two loops. */
function downhill(gradient: Float64Array, corrections: readonly Correction[]): Float64Array {
  const out = gradient.map((g) => -g);
  const factors = corrections.toReversed().map(({ step, change, curvature }) => {
    const factor = dot(step, out) / curvature;
    change.forEach((value, i) => {
      out[i] = (out[i] ?? 0) - factor * value;
    });
    return factor;
  });
  const last = corrections.at(-1);
  if (last !== undefined) {
    const scale = last.curvature / dot(last.change, last.change);
    for (let i = 0; i < out.length; i++) out[i] = (out[i] ?? 0) * scale;
  }
  corrections.forEach(({ step, change, curvature }, index) => {
    const factor = (factors[corrections.length - 1 - index] ?? 0) - dot(change, out) / curvature;
    step.forEach((value, i) => {
      out[i] = (out[i] ?? 0) + factor * value;
    });
  });
  return out;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}
