import { type ColumnHistogram, type Division, weighed } from "./division.ts";
import { add, NO_SUMS, PER_BIN, type Sums, sumsAt } from "./histogram.ts";
import type { BoostingSettings } from "./settings.ts";

/** So many categories, or fewer, are tried one against all others. */
const FEW_CATEGORIES = 4;

interface Category {
  readonly sums: Sums;
  readonly bin: number;
}

/**
 * The best set of categories, as LightGBM finds it: of few categories one against all others; of
 * many, those with enough rows in the order of gradient / (hessian + smoothing), from both ends
 * (Fisher 1958: the best set is a stretch of that order). Bin 0, missing and rare levels, is a
 * category of its own.
 */
export function categoryDivision(
  { values, start, bins }: ColumnHistogram,
  total: Sums,
  settings: BoostingSettings,
): Division | undefined {
  const categories = Array.from({ length: bins }, (_, bin) => ({
    bin,
    sums: sumsAt(values, start + PER_BIN * bin),
  })).filter(({ sums }) => sums.rows > 0);
  if (categories.length <= FEW_CATEGORIES) return oneAgainstAll(categories, total, settings);
  const { categorySmoothing: smoothing } = settings;
  const order = categories
    .filter(({ sums }) => sums.rows >= smoothing)
    .map((each) => ({ ...each, key: each.sums.gradient / (each.sums.hessian + smoothing) }))
    .sort((a, b) => a.key - b.key || a.bin - b.bin);
  const most = Math.min(settings.categoriesASide, Math.ceil(order.length / 2));
  return better(
    growingSet(order.slice(0, most), total, settings),
    growingSet(order.slice(-most).reverse(), total, settings),
  );
}

function oneAgainstAll(
  categories: readonly Category[],
  total: Sums,
  settings: BoostingSettings,
): Division | undefined {
  return categories.reduce<Division | undefined>((best, { bin, sums }) => {
    const found = weighed(sums, total, settings, settings.l2);
    return better(best, found && { ...found, left: () => [bin] });
  }, undefined);
}

/** The best of the sets that the first categories form, weighed again after enough rows more. */
function growingSet(
  categories: readonly Category[],
  total: Sums,
  settings: BoostingSettings,
): Division | undefined {
  const { categoryGroup, categoryL2, l2 } = settings;
  let best: Division | undefined;
  let [left, since] = [NO_SUMS, 0];
  categories.forEach(({ sums }, index) => {
    left = add(left, sums);
    since += sums.rows;
    if (since < categoryGroup || total.rows - left.rows < categoryGroup) return;
    const found = weighed(left, total, settings, l2 + categoryL2);
    if (found === undefined) return;
    since = 0;
    const members = (): number[] => categories.slice(0, index + 1).map(({ bin }) => bin);
    best = better(best, { ...found, left: members });
  });
  return best;
}

const better = (a: Division | undefined, b: Division | undefined): Division | undefined =>
  b === undefined || (a !== undefined && a.gain >= b.gain) ? a : b;
