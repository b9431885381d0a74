import { MoongateError } from "@moongate/errors";
import { countClasses, type Labels, type Scores } from "./inputs.ts";
import { tieGroups } from "./tie-groups.ts";

/**
 * Expected calibration error over bins of equal mass: rows ordered by probability are cut into
 * `bins` runs of equal length; the absolute difference between mean probability and share of
 * positives is averaged over the runs by their size. A group of tied rows that a cut divides lends
 * each side the same share of positives, so the order of rows does not matter.
 * (Naeini et al., AAAI 2015; equal mass as in Nixon et al., CVPRW 2019.)
 *
 * @throws USAGE (bins below 1), SHAPE_MISMATCH (also for no rows), and the errors of `countClasses`.
 */
export function calibrationError(probabilities: Scores, labels: Labels, bins = 15): number {
  if (!Number.isInteger(bins) || bins < 1) {
    throw new MoongateError("USAGE", `calibration cannot have ${bins} bins`);
  }
  countClasses(probabilities, labels);
  const rows = labels.length;
  if (rows === 0) throw new MoongateError("SHAPE_MISMATCH", "there are no rows to score");
  const cut = (bin: number): number => Math.floor((bin * rows) / bins);

  let error = 0;
  let excess = 0; // sum of probability - label over the open bin
  let bin = 1;
  let row = 0;
  const closeFullBins = (): void => {
    while (bin <= bins && cut(bin) === row) {
      error += Math.abs(excess);
      excess = 0;
      bin += 1;
    }
  };
  closeFullBins(); // fewer rows than bins: the first bins are empty
  for (const group of tieGroups(probabilities, labels)) {
    const excessPerRow = group.score - group.positives / group.size;
    const end = row + group.size;
    while (row < end) {
      const next = Math.min(end, cut(bin));
      excess += (next - row) * excessPerRow;
      row = next;
      closeFullBins();
    }
  }
  return error / rows;
}
