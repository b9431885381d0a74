import { fixed, signed } from "@moongate/text";
import {
  type EpsilonPoint,
  type EpsilonSeries,
  type NoiseWorth,
  worthOf,
} from "../findings/epsilon.ts";
import { inWords } from "./figures.ts";

/** What a trained model is worth beside not joining, in the words of a table. */
export const WORTH: Readonly<Record<NoiseWorth, string>> = {
  above: "better than commerce alone",
  "not shown above": "not shown to be better than commerce alone",
  below: "below commerce alone",
};

/**
 * What noise in masked training does for the members of a training, and whether joining still pays
 * with it: noise is recommended only at an ε whose model is shown to beat commerce alone.
 */
export function noiseWords(series: readonly EpsilonSeries[]): string {
  const points = series.filter(({ masked }) => masked).flatMap((each) => each.points);
  const known = points.flatMap((point) =>
    point.overFloor === undefined ? [] : [{ point, gain: point.overFloor }],
  );
  const what = "Noise in the training is what answers that";
  if (known.length === 0) return `${what}; none was trained here.`;
  const strongest = known.find(({ gain }) => worthOf(gain) === "above");
  if (strongest !== undefined) {
    const { point, gain } = strongest;
    return (
      `${what}: with ε = ${named(point)} the model is still better than commerce alone, ` +
      `by ${inWords(gain, 4, signed)} of test AUC.`
    );
  }
  const each = known.map(
    ({ point, gain }) =>
      `ε = ${named(point)}: test AUC ${fixed(point.auc.mean, 4)}, ${WORTH[worthOf(gain)]}`,
  );
  return (
    `${what}, but on this table it takes what joining brings, so that it is not ` +
    `recommended here (${each.join("; ")}).`
  );
}

const named = ({ epsilon }: EpsilonPoint): string => String(Number(epsilon.toPrecision(4)));
