/** One batch as Marvell sees it. */
export interface MarvellProblem {
  /** Mean variance of a coordinate among the negatives' gradients, and among the positives'. */
  readonly u: number;
  readonly v: number;
  /** Squared norm of the difference of the two class means, above 0. */
  readonly g: number;
  /** Coordinates. */
  readonly d: number;
  /** Share of positives, inside (0, 1). */
  readonly p: number;
  /** Expected squared norm of the noise on a row. */
  readonly power: number;
}

/**
 * Covariances of the noise: lam1c along the difference of the means, lam2c along every direction
 * across it, of class c (0 negative, 1 positive).
 */
export interface MarvellNoise {
  readonly lam10: number;
  readonly lam20: number;
  readonly lam11: number;
  readonly lam21: number;
  /** Sum of the two divergences between the classes' gradients, taken as Gaussian, after noise. */
  readonly sumKl: number;
}

/**
 * The least sumKL of a given power (Li et al., ICLR 2022, arXiv 2102.08504).
 *
 * 1. Everything is measured in units of g, so no tolerance is absolute.
 * 2. If u ≤ v the positives get no noise across (lam21 = 0), else the negatives: the classes'
 *    variances across come nearer by noise on the smaller alone. Names below are for u ≤ v.
 * 3. Given lam20, what is left of the power is divided between lam10 and lam11. There the sum is
 *    convex in lam10: bisection of its derivative, lam10 ≥ lam20.
 * 4. lam20 is searched on [0, v − u]: a grid, then golden sections about its best point.
 */
export function solveMarvell(problem: MarvellProblem): MarvellNoise {
  const { g, d } = problem;
  const [u, v, power] = [problem.u / g, problem.v / g, problem.power / g];
  if (u <= v) {
    const { along, across, alongOther, sumKl } = solve({ u, v, d, power, p: problem.p });
    return { lam10: along * g, lam20: across * g, lam11: alongOther * g, lam21: 0, sumKl };
  }
  const { along, across, alongOther, sumKl } = solve({ u: v, v: u, d, power, p: 1 - problem.p });
  return { lam10: alongOther * g, lam20: 0, lam11: along * g, lam21: across * g, sumKl };
}

/**
 * No decision rule errs less often than this on both classes together: 1/2 − sqrt(sumKL)/4
 * (Pinsker), of gradients that are Gaussian. At or below 0 it says nothing.
 */
export const errorBound = (sumKl: number): number => 0.5 - Math.sqrt(sumKl) / 4;

/** g = 1 and u ≤ v. */
type Scaled = Omit<MarvellProblem, "g">;

interface Point {
  readonly along: number;
  readonly across: number;
  readonly alongOther: number;
  readonly sumKl: number;
}

const GRID = 32;
const SECTIONS = 48;
const BISECTIONS = 60;
const GOLDEN = (Math.sqrt(5) - 1) / 2;

function solve(problem: Scaled): Point {
  const { u, v, d, p, power } = problem;
  const most = d === 1 ? 0 : Math.min(v - u, power / ((1 - p) * d));
  let best = pointAt(problem, 0);
  if (most === 0) return best;
  const step = most / GRID;
  for (let i = 1; i <= GRID; i++) best = better(best, pointAt(problem, i * step));

  let [low, high] = [Math.max(0, best.across - step), Math.min(most, best.across + step)];
  for (let i = 0; i < SECTIONS; i++) {
    const reach = GOLDEN * (high - low);
    const [left, right] = [pointAt(problem, high - reach), pointAt(problem, low + reach)];
    best = better(best, better(left, right));
    if (left.sumKl < right.sumKl) high = right.across;
    else low = left.across;
  }
  return best;
}

const better = (one: Point, other: Point): Point => (other.sumKl < one.sumKl ? other : one);

/** The best division of the power along, with that much across. */
function pointAt({ u, v, d, p, power }: Scaled, across: number): Point {
  const ratio = (1 - p) / p;
  const left = power - (1 - p) * (d - 1) * across;
  const otherOf = (along: number): number => Math.max(0, left / p - ratio * along);
  let [low, high] = [across, Math.max(across, left / (1 - p))];
  for (let i = 0; i < BISECTIONS; i++) {
    const middle = (low + high) / 2;
    const [x, y] = [middle + u, otherOf(middle) + v];
    const slope = 1 / y - ratio / x + (ratio * (x + 1)) / y ** 2 - (y + 1) / x ** 2;
    if (slope < 0) low = middle;
    else high = middle;
  }
  const along = (low + high) / 2;
  const alongOther = otherOf(along);
  const [x, y] = [along + u, alongOther + v];
  const acrossTerm = d === 1 || across + u === v ? d - 1 : halfSum(d - 1, across + u, v);
  const sumKl = acrossTerm + ((x + 1) / y + (y + 1) / x) / 2 - d;
  return { along, across, alongOther, sumKl };
}

const halfSum = (times: number, x: number, y: number): number => (times * (x / y + y / x)) / 2;
