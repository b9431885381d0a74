import { at } from "@moongate/errors";
import { batches, fittingBatchSize, MaskStreams, SIDES } from "@moongate/mpc";
import type { View } from "@moongate/views";
import { type About, type Attack, notApplicable } from "../attack.ts";
import { targetsOf } from "../known.ts";
import { LeakMeter, surely } from "../leak.ts";
import { sampled } from "../steps.ts";
import { columnStretches } from "./masking.ts";
import { dealerKeys, type Keys } from "./unmasked.ts";

const about: About = {
  name: "curious-coordinator",
  title: "A coordinator on its own: masks against labels",
  adversary: "coordinator",
  target: "labels",
  knows: "both dealer seeds and the public schedule, and no opening",
  paper: "Boura et al., Financial Cryptography 2018",
};

const MOST_STEPS = 60;
/** Masks of errors, whichever place their operation has in a step. */
const MASKS = ["sine-backward/eta", "transposed-product/T"];
const MOST_OPERATIONS = 12;

/**
 * The coordinator knows every mask and no value. The attack scores rows by the masks that cover
 * their errors, each party's and their sum: all it has of a row. The best mask is chosen on the
 * first half of the steps and measured on the second. It is at chance by construction; it stands in
 * the table so that this is measured, beside what the same seeds do together with a party's view.
 */
export const curiousCoordinator: Attack = {
  about,
  run(view, { labels }) {
    const keys = dealerKeys(view);
    if (labels === undefined) return notApplicable(about, "the true labels are not given");
    if (view.header.process !== "coordinator" || keys === undefined) {
      return notApplicable(about, "the view is not that of a coordinator that kept its seeds");
    }
    const { rows } = view.header;
    const [target] = targetsOf(labels, rows.train);
    if (target === undefined) return notApplicable(about, "there is no label");
    const steps = sampled(stepsOf(view), MOST_STEPS);
    const halves = [steps.slice(0, steps.length / 2), steps.slice(steps.length / 2)] as const;
    const leakOf = (candidate: Candidate, part: readonly CoordinatorStep[]) => {
      const meter = new LeakMeter();
      for (const step of part) {
        const scores = masksOf(view, keys.seeds, candidate, step);
        const truth = Uint8Array.from(step.positions, (row) => at(target.values, row));
        meter.add(step.positions, scores, truth);
      }
      return meter.leak();
    };
    const best = candidates()
      .map((candidate) => ({ candidate, first: surely(leakOf(candidate, halves[0])) }))
      .reduce((a, b) => (b.first > a.first ? b : a)).candidate;
    return {
      about,
      applicable: true,
      leak: leakOf(best, halves[1]),
      steps: halves[1].length,
      tensor: `${best.number}:${best.mask} of ${best.sides.join(" and ")}`,
      label: target.name,
    };
  },
};

interface CoordinatorStep {
  readonly step: number;
  readonly positions: Uint32Array;
}

interface Candidate {
  readonly number: number;
  readonly mask: string;
  readonly sides: readonly (typeof SIDES)[number][];
}

function candidates(): Candidate[] {
  return Array.from({ length: MOST_OPERATIONS }, (_, number) =>
    MASKS.flatMap((mask) =>
      [SIDES, ...SIDES.map((side) => [side])].map((sides) => ({ number, mask, sides })),
    ),
  ).flat();
}

/** The public schedule: the coordinator has it as everybody has. */
function stepsOf({ header: { plan, rows } }: View): CoordinatorStep[] {
  const size = fittingBatchSize(plan.model.batchSize, rows.train);
  return Array.from({ length: plan.model.epochs }, (_, epoch) =>
    batches(plan.seed, epoch, rows.train, size),
  )
    .flat()
    .map((positions, step) => ({ step, positions }));
}

/** The first word of each row's mask, as a signed number. */
function masksOf(
  { header: { plan, incarnation, rows, width } }: View,
  seeds: Keys,
  { number, mask, sides }: Candidate,
  { step, positions }: CoordinatorStep,
): Float64Array {
  const cols = plan.labels.length;
  const sum = new BigInt64Array(positions.length * cols);
  for (const side of sides) {
    const streams = new MaskStreams(seeds[side], { session: plan.session, incarnation });
    streams.openStep(columnStretches(rows.train, width) + step);
    const words = new BigInt64Array(sum.length);
    streams.stream(number, mask).fill(new Uint8Array(words.buffer));
    words.forEach((word, index) => {
      sum[index] = at(sum, index) + word;
    });
  }
  return Float64Array.from(positions, (_, row) => Number(at(sum, row * cols)));
}
