import { reference } from "@moongate/ring";
import {
  inTheClear,
  keptBytes,
  lessonSecrets,
  openedBytes,
  type OperationBytes,
  operationBytes,
  runLesson,
  valuesOfLesson,
  wordsOf,
} from "../../lessons/lesson.ts";
import { hiddenLayer, sineOf, TURN_BITS } from "../../lessons/sines.ts";

/** Points of every curve. */
const POINTS = 97;

/** What a run under masks came to, beside the same in the clear. */
export interface Curve {
  readonly xs: readonly number[];
  readonly masked: Float64Array;
  readonly clear: Float64Array;
  /** The largest distance of the two. */
  readonly apart: number;
  readonly bytes: OperationBytes;
}

/** The sine of three turns, with what a party and a listener have meanwhile, in turns. */
export interface SineCurve extends Curve {
  readonly share: readonly number[];
  readonly opened: readonly number[];
}

export async function sineCurve(round: number): Promise<SineCurve> {
  const xs = Array.from({ length: POINTS }, (_, index) => (3 * index) / (POINTS - 1) - 1.5);
  const program = sineOf(Float64Array.from(xs));
  const lesson = await runLesson(program, lessonSecrets(`sine ${String(round)}`));
  const share = Array.from(wordsOf(keptBytes(lesson, "media", "u")), (word) =>
    reference.angles.phase(word, TURN_BITS),
  );
  return {
    xs,
    ...compared(valuesOfLesson(lesson), await inTheClear(program)),
    bytes: operationBytes(lesson),
    share: share.map((angle) => angle / 2 ** 32),
    opened: Array.from(
      new Uint32Array(openedBytes(lesson, "media", "angle").slice().buffer),
      (angle) => angle / 2 ** 32,
    ),
  };
}

/** Odd harmonics of a square wave: the more units, the steeper the step. */
export async function layerCurve(units: number): Promise<Curve> {
  const xs = Array.from({ length: POINTS }, (_, index) => index / (POINTS - 1) - 0.5);
  const odd = Array.from({ length: units }, (_, unit) => 2 * unit + 1);
  const turns = Float64Array.from(xs.flatMap((x) => odd.map((k) => k * x)));
  const weights = Float64Array.from(odd, (k) => 4 / (Math.PI * k));
  const program = hiddenLayer(turns, POINTS, weights);
  const lesson = await runLesson(program, lessonSecrets(`layer ${String(units)}`));
  return {
    xs,
    ...compared(valuesOfLesson(lesson), await inTheClear(program)),
    bytes: operationBytes(lesson),
  };
}

function compared(
  masked: Float64Array,
  clear: Float64Array,
): Pick<Curve, "masked" | "clear" | "apart"> {
  const apart = masked.reduce(
    (most, value, index) => Math.max(most, Math.abs(value - (clear[index] ?? NaN))),
    0,
  );
  return { masked, clear, apart };
}
