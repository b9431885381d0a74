import { MoongateError } from "@moongate/errors";
import { requireDelta, requireEpsilon, requireNotNegative } from "@moongate/statistics";
import { type SampledGaussian, sampledGaussianRdp } from "./sampled-gaussian-rdp.ts";

/** Rényi differential privacy (Mironov, CSF 2017, arXiv 1702.07476): a bound at each order. */
export interface RdpCurve {
  /** α > 1 each. */
  readonly orders: readonly number[];
  /** The divergence's bound at each order, in nats. */
  readonly values: readonly number[];
}

/** The orders that ε is looked for in unless others are given: tenths to 11, whole numbers to 64, four more. */
export const RDP_ORDERS: readonly number[] = [
  ...Array.from({ length: 99 }, (_, i) => 1 + (i + 1) / 10),
  ...Array.from({ length: 54 }, (_, i) => i + 11),
  128,
  256,
  512,
  1024,
];

/** The curve of `steps` steps of the sampled Gaussian mechanism: divergences add up. */
export function sampledGaussianCurve(
  mechanism: SampledGaussian,
  steps: number,
  orders: readonly number[] = RDP_ORDERS,
): RdpCurve {
  requireNotNegative("the number of steps", steps);
  return { orders, values: orders.map((order) => steps * sampledGaussianRdp(order, mechanism)) };
}

/** Several mechanisms after each other, each allowed to look at what those before it said. */
export function composeRdp(curves: readonly RdpCurve[]): RdpCurve {
  const [first, ...others] = curves;
  if (first === undefined) throw new MoongateError("INTERNAL", "there is no curve to compose");
  for (const { orders } of others) {
    if (orders.length !== first.orders.length || orders.some((a, i) => a !== first.orders[i])) {
      throw new MoongateError("SHAPE_MISMATCH", "the curves to compose have different orders");
    }
  }
  const values = first.values.map((value, i) =>
    others.reduce((sum, curve) => sum + (curve.values[i] ?? NaN), value),
  );
  return { orders: first.orders, values };
}

/** An ε and the order that gave it. */
export interface RdpEpsilon {
  readonly epsilon: number;
  readonly order: number;
}

/**
 * The least ε over the curve's orders with (ε, δ)-differential privacy:
 * RDP + log((α−1)/α) − (log δ + log α)/(α−1) (Balle et al., AISTATS 2020, arXiv 1905.09982, theorem
 * 21; Canonne, Kamath and Steinke, proposition 12), never below 0.
 */
export function rdpEpsilon(curve: RdpCurve, delta: number): RdpEpsilon {
  requireDelta(delta);
  let best: RdpEpsilon = { epsilon: Infinity, order: NaN };
  for (const [i, order] of curve.orders.entries()) {
    const slack = Math.log1p(-1 / order) - (Math.log(delta) + Math.log(order)) / (order - 1);
    const epsilon = Math.max(0, (curve.values[i] ?? NaN) + slack);
    if (epsilon < best.epsilon) best = { epsilon, order };
  }
  return best;
}

/** The least δ over the curve's orders at ε: the same conversion, solved for δ. */
export function rdpDelta(curve: RdpCurve, epsilon: number): number {
  requireEpsilon(epsilon);
  let least = 0;
  for (const [i, order] of curve.orders.entries()) {
    const exponent = (order - 1) * ((curve.values[i] ?? NaN) - epsilon);
    const log = exponent + order * Math.log1p(-1 / order) - Math.log(order - 1);
    least = Math.min(least, log);
  }
  return Math.exp(least);
}
