import type { GradientDefence } from "@moongate/catalogue";
import { clipAndAddNoise } from "./clipped-noise.ts";
import { discretisation } from "./discretisation.ts";
import { isotropic } from "./isotropic.ts";
import { marvell } from "./marvell.ts";
import { requireMatrix } from "./matrix.ts";
import { maxNorm } from "./max-norm.ts";
import type { NoiseStream } from "./noise.ts";
import { sparsification } from "./sparsification.ts";
import { gaussianRelease, type Statement, unproven } from "./statement.ts";
import type { GradientStep } from "./steps.ts";

/** A defence of cut-layer gradients: its step, and what it says of itself. */
interface GradientProgram<Plan> {
  step(plan: Plan, noise: NoiseStream): GradientStep;
  /** @param drawn whether labels are drawn before, so that commerce itself learns from the draws. */
  statement(plan: Plan, drawn: boolean): Statement;
}

const ownLayers = (labels: "true" | "drawn"): string =>
  `commerce's own layers: they learn from the ${labels} labels, so later gradients of other rows tell of a label too, and no ε of the training follows from that of a release`;

const GRADIENT_PROGRAMS: {
  readonly [Kind in GradientDefence["kind"]]: GradientProgram<
    Extract<GradientDefence, { kind: Kind }>
  >;
} = {
  gaussian: {
    step: (plan, noise) => ({
      apply(gradient, { rows, cut }) {
        requireMatrix("a gradient", gradient, rows.length, cut);
        return clipAndAddNoise(gradient, cut, plan, noise);
      },
    }),
    statement: (plan, drawn) => ({
      ...gaussianRelease(plan, "gradient, given commerce's weights"),
      unit: "all labels of one training row, in one release; a row is released once an epoch, and media knows when",
      breaks: ownLayers(drawn ? "drawn" : "true"),
    }),
  },
  marvell: {
    step: ({ s }, noise) => marvell(s, noise),
    statement: () => ({
      ...unproven("its bound on a decision's error assumes Gaussian classes"),
      unit: "the two classes of one label, in one batch",
      breaks:
        "averages over batches and epochs, and class statistics, which are made of the labels",
    }),
  },
  "max-norm": {
    step: (_plan, noise) => maxNorm(noise),
    statement: () => ({
      ...unproven("it evens out norms"),
      unit: "one row of a batch",
      breaks: "the line of a gradient, which stays as it was: direction and spectral attacks",
    }),
  },
  isotropic: {
    step: ({ t }, noise) => isotropic(t, noise),
    statement: () => ({
      ...unproven("its noise is measured by the largest gradient of a batch"),
      unit: "one row of a batch",
      breaks: "averages over batches and epochs, and many known labels",
    }),
  },
  sparsification: {
    step: ({ quantile }) => sparsification(quantile),
    statement: () => ({
      ...unproven("it adds no randomness"),
      unit: "one batch",
      breaks: "the large gradients, which cross as they are and tell most of the labels",
    }),
  },
  discretisation: {
    step: ({ bins }) => discretisation(bins),
    statement: () => ({
      ...unproven("it adds no randomness"),
      unit: "one batch",
      breaks: "signs and coarse sizes, which cross",
    }),
  },
};

/** The table's program of a plan: its settings and what takes them have one kind. */
const programOf = (plan: GradientDefence) =>
  GRADIENT_PROGRAMS[plan.kind] as GradientProgram<GradientDefence>;

export const gradientStep = (plan: GradientDefence, noise: NoiseStream): GradientStep =>
  programOf(plan).step(plan, noise);

export const gradientStatement = (plan: GradientDefence, drawn: boolean): Statement =>
  programOf(plan).statement(plan, drawn);
