import { at } from "@moongate/errors";
/**
 * Integrates by Gauss and Legendre: visits nodes with their weights.
 *
 * @param smooth the scale on which what is integrated is smooth; longer stretches are cut.
 */
export function integrate(
  from: number,
  to: number,
  smooth: number,
  visit: (x: number, weight: number) => void,
): void {
  const panels = Math.max(1, Math.ceil((to - from) / smooth));
  const half = (to - from) / panels / 2;
  const [nodes, weights] =
    half < smooth / 16 ? [THREE_NODES, THREE_WEIGHTS] : [EIGHT_NODES, EIGHT_WEIGHTS];
  for (let panel = 0; panel < panels; panel++) {
    const middle = from + (2 * panel + 1) * half;
    for (let i = 0; i < nodes.length; i++) {
      visit(middle + at(nodes, i) * half, at(weights, i) * half);
    }
  }
}

// on [−1, 1]: Abramowitz and Stegun, table 25.4
const THREE_NODES = [-0.7745966692414834, 0, 0.7745966692414834];
const THREE_WEIGHTS = [0.5555555555555556, 0.8888888888888888, 0.5555555555555556];
const POSITIVE_NODES = [
  0.1834346424956498, 0.525532409916329, 0.7966664774136267, 0.9602898564975363,
];
const POSITIVE_WEIGHTS = [
  0.362683783378362, 0.3137066458778873, 0.2223810344533745, 0.1012285362903763,
];
const EIGHT_NODES = [...POSITIVE_NODES.map((node) => -node), ...POSITIVE_NODES];
const EIGHT_WEIGHTS = [...POSITIVE_WEIGHTS, ...POSITIVE_WEIGHTS];
