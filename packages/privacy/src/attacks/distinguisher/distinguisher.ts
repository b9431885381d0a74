import type { View } from "@moongate/views";
import { type About, type AttackResult, type Leak, notApplicable } from "../attack.ts";
import { LeakMeter, surely } from "../leak.ts";
import { openingOf } from "../masks/masking.ts";
import { matrix, moments, multiply, rowsOf, standardised } from "../numeric/matrices.ts";
import { ridge } from "../numeric/solve.ts";
import { sampled, type Step, stepsOf } from "../steps.ts";
import { statisticsOf } from "./statistics.ts";

const about: About = {
  name: "distinguisher",
  title: "Telling two worlds apart by what was opened",
  adversary: "either party",
  target: "masks",
  knows: "sessions of two worlds, which differ in the other's labels or features, and both worlds",
  paper: "the indistinguishability game (Goldwasser, Micali, JCSS 1984), played with statistics",
};

/** The same session in two worlds, as the same process recorded it. */
export interface WorldPair {
  readonly zero: View;
  readonly one: View;
}

export interface DistinguisherOptions {
  /** Labels of all joint rows in each world, one label a row; the adversary knows them. */
  readonly labels?: readonly [zero: Uint8Array, one: Uint8Array];
}

const MOST_STEPS = 400;
const RIDGE = 10;

/** One step of one world: the figures of each opened tensor. */
interface Sample {
  readonly world: 0 | 1;
  readonly held: boolean;
  readonly figures: ReadonlyMap<string, readonly number[]>;
}

/**
 * A classifier of worlds. It sees what was opened in training; not the columns under their data mask,
 * which are sent once (`openedColumns` reads those), and no output that is told on purpose (scores),
 * which may differ between worlds.
 *
 * 1. Statistics of every opened tensor of every step, in both worlds (statistics.ts).
 * 2. A linear classifier (ridge regression) on those of all tensors together, and one a tensor, learns
 *    from every second step; where there are several pairs of sessions, from all but the last.
 * 3. It tells the world of the other steps. Leak AUC of that; of the best tensor or all together,
 *    chosen on the first half of the steps that it was tested on (by the interval's lower end),
 *    measured on the second half.
 *
 * Under masks every opening is uniform whatever the world: at chance. On the insecure control: near 1.
 */
export function distinguisher(
  pairs: readonly WorldPair[],
  options: DistinguisherOptions = {},
): AttackResult {
  const samples = pairs.flatMap((pair, index) => {
    const held = pairs.length > 1 ? index === pairs.length - 1 : undefined;
    return [...samplesOf(pair.zero, 0, held, options), ...samplesOf(pair.one, 1, held, options)];
  });
  const [first] = samples;
  if (first === undefined) return notApplicable(about, "nothing was opened under masks");
  const names = [...first.figures.keys()];
  const together = "all tensors";
  const measured = [together, ...names].map((tensor) => {
    const used = tensor === together ? names : [tensor];
    return { tensor, ...tell(samples, used) };
  });
  const chosen = measured.reduce((a, b) => (surely(b.halves[0]) > surely(a.halves[0]) ? b : a));
  return {
    about,
    applicable: true,
    leak: chosen.halves[1],
    steps: Math.floor(chosen.tested / 2),
    tensor: chosen.tensor,
    parts: measured.map(({ tensor, leak, tested }) => ({
      ...{ tensor, leak },
      label: "world",
      steps: tested,
    })),
  };
}

function samplesOf(
  view: View,
  world: 0 | 1,
  held: boolean | undefined,
  options: DistinguisherOptions,
): Sample[] {
  const labels: readonly Uint8Array[] = options.labels ?? [];
  return sampled(stepsOf(view), MOST_STEPS).map((step, index) => ({
    world,
    held: held ?? index % 2 === 1,
    figures: figuresOf(view, step, labels),
  }));
}

function figuresOf(
  view: View,
  step: Step,
  labels: readonly Uint8Array[],
): ReadonlyMap<string, readonly number[]> {
  const figures = new Map<string, readonly number[]>();
  for (const [name, tensor] of step.tensors) {
    if (openingOf(name) !== undefined) {
      figures.set(name, statisticsOf(view, tensor, step, labels));
    }
  }
  return figures;
}

/** How well a classifier on these tensors tells the worlds of steps that it did not learn from. */
function tell(
  samples: readonly Sample[],
  tensors: readonly string[],
): {
  leak: Leak | undefined;
  halves: readonly [Leak | undefined, Leak | undefined];
  tested: number;
} {
  // A batch that is smaller has as many figures as any other: they are means.
  const all = samples.map(({ figures }) => tensors.flatMap((name) => figures.get(name) ?? []));
  const width = Math.max(...all.map(({ length }) => length));
  const table = matrix(all.length, width);
  all.forEach((row, at) => {
    table.values.set(row, at * width);
  });
  const places = (held: boolean): number[] =>
    samples.flatMap((sample, at) => (sample.held === held ? [at] : []));
  const [learned, tested] = [places(false), places(true)];
  const x = rowsOf(table, learned);
  const scale = moments(x);
  const y = matrix(
    learned.length,
    1,
    learned.map((at) => (samples[at]?.world === 1 ? 1 : -1)),
  );
  const weights = ridge(standardised(x, scale), y, RIDGE * learned.length * 0.01 + RIDGE);
  const scores = multiply(standardised(rowsOf(table, tested), scale), weights).values;
  const leakOf = (from: number, to: number): Leak | undefined => {
    // Tested steps lie world by world; each half takes the same part of both.
    const chosen = tested.flatMap((at, place) => {
      const sample = samples[at];
      const rank = tested.filter((other) => samples[other]?.world === sample?.world).indexOf(at);
      const share = rank / (tested.length / 2);
      return sample !== undefined && share >= from && share < to ? [{ place, sample }] : [];
    });
    const meter = new LeakMeter();
    meter.add(
      chosen.map(({ place }) => place),
      Float64Array.from(chosen, ({ place }) => scores[place] ?? 0),
      Uint8Array.from(chosen, ({ sample }) => sample.world),
    );
    return meter.leak();
  };
  return {
    leak: leakOf(0, Infinity),
    halves: [leakOf(0, 0.5), leakOf(0.5, Infinity)],
    tested: tested.length,
  };
}
