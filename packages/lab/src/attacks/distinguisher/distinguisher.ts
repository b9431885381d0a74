import { at } from "@moongate/errors";
import type { View } from "@moongate/views";
import { type About, type AttackResult, type Leak, notApplicable } from "../attack.ts";
import { LeakMeter, surely } from "../leak.ts";
import { matrix, moments, multiply, rowsOf, standardised } from "../numeric/matrices.ts";
import { ridge } from "../numeric/solve.ts";
import { type Openings, scoringOpenings, trainingOpenings } from "./openings.ts";
import { statisticsOf } from "./statistics.ts";

export const distinguisherAbout: About = {
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
  /**
   * Numbers of all joint rows that differ between the worlds, labels or columns: the adversary knows
   * both worlds, and looks for them in what was opened.
   */
  readonly known?: readonly ArrayLike<number>[];
}

const RIDGE = 10;
/** The fewest samples of each world, to learn from and to be tested on. */
const FEWEST_SAMPLES = 8;

/** One time of one world: the figures of each opened tensor. */
interface Sample {
  readonly world: 0 | 1;
  readonly held: boolean;
  readonly figures: ReadonlyMap<string, readonly number[]>;
}

/**
 * A classifier of worlds. It sees what was opened in training and while held-out rows were scored; not
 * the columns under their data mask, which are sent once (`openedColumns` reads those), and no output
 * that is told on purpose (scores), which may differ between worlds.
 *
 * The game is about what the adversary does not bring itself: for media the worlds differ in labels,
 * for commerce in media's columns. What both open jointly is in both games, of which each has a
 * world of its own.
 *
 * 1. Statistics of every opened tensor, in both worlds (statistics.ts): of each training step, and of
 *    each block of scored rows.
 * 2. A linear classifier (ridge regression) on those of all tensors together, and one a tensor, learns
 *    from every second sample; where there are several pairs of sessions, from all but the last.
 * 3. It tells the world of the other samples. Leak AUC of that; of the best tensor or all together,
 *    chosen on the first half of the samples that it was tested on, by the lower end of its interval
 *    (of the few blocks of scored rows some tensor is always right), measured on the second half.
 *
 * Under masks every opening is uniform whatever the world: at chance. On the insecure control: near 1.
 */
export function distinguisher(
  pairs: readonly WorldPair[],
  { known = [] }: DistinguisherOptions = {},
): AttackResult {
  const phases = [
    { together: "all tensors", read: trainingOpenings },
    { together: "all tensors of scoring", read: scoringOpenings },
  ];
  const measured = phases.flatMap(({ together, read }) => {
    const samples = samplesOf(pairs, read, known);
    const least = Math.min(...[0, 1].map((of) => samples.filter((s) => s.world === of).length));
    if (least < FEWEST_SAMPLES) return [];
    const names = [...(samples[0]?.figures.keys() ?? [])];
    // Of equals the first is chosen: one tensor alone learns more of few samples than all together.
    return [...names, together].map((tensor) => {
      const used = tensor === together ? names : [tensor];
      return { tensor, ...tell(samples, used) };
    });
  });
  if (measured.length === 0)
    return notApplicable(distinguisherAbout, "nothing was opened under masks");
  const chosen = measured.reduce((a, b) => (surely(b.halves[0]) > surely(a.halves[0]) ? b : a));
  return {
    about: distinguisherAbout,
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
  pairs: readonly WorldPair[],
  read: (view: View) => readonly Openings[],
  known: readonly ArrayLike<number>[],
): Sample[] {
  return pairs.flatMap(({ zero, one }, pair) => {
    const held = pairs.length > 1 ? pair === pairs.length - 1 : undefined;
    return ([zero, one] as const).flatMap((view, world) =>
      read(view)
        .filter(({ size }) => size > 0)
        .map((openings, index) => ({
          world: world === 0 ? (0 as const) : (1 as const),
          held: held ?? index % 2 === 1,
          figures: new Map(
            [...openings].map(([name, opened]) => [name, statisticsOf(opened, known)]),
          ),
        })),
    );
  });
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
  all.forEach((row, position) => {
    table.values.set(row, position * width);
  });
  const places = (held: boolean): number[] =>
    samples.flatMap((sample, position) => (sample.held === held ? [position] : []));
  const [learned, tested] = [places(false), places(true)];
  const x = rowsOf(table, learned);
  const scale = moments(x);
  const y = matrix(
    learned.length,
    1,
    learned.map((position) => (samples[position]?.world === 1 ? 1 : -1)),
  );
  const weights = ridge(standardised(x, scale), y, RIDGE * learned.length * 0.01 + RIDGE);
  const scores = multiply(standardised(rowsOf(table, tested), scale), weights).values;
  const leakOf = (from: number, to: number): Leak | undefined => {
    // Tested steps lie world by world; each half takes the same part of both.
    const chosen = tested.flatMap((position, place) => {
      const sample = samples[position];
      const rank = tested
        .filter((other) => samples[other]?.world === sample?.world)
        .indexOf(position);
      const share = rank / (tested.length / 2);
      return sample !== undefined && share >= from && share < to ? [{ place, sample }] : [];
    });
    const meter = new LeakMeter();
    meter.add(
      chosen.map(({ place }) => place),
      Float64Array.from(chosen, ({ place }) => at(scores, place)),
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
