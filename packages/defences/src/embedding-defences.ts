import type { EmbeddingDefence } from "@moongate/catalogue";
import { clipAndAddNoise } from "./clipped-noise.ts";
import { distanceCorrelationPenalty } from "./distance-correlation.ts";
import { requireMatrix } from "./matrix.ts";
import type { NoiseStream } from "./noise.ts";
import { gaussianRelease, type Statement, unproven } from "./statement.ts";
import type { EmbeddingStep } from "./steps.ts";

/** A defence of embeddings: its step, and what it says of itself. */
interface EmbeddingProgram<Plan> {
  step(plan: Plan, noise: NoiseStream): EmbeddingStep;
  statement(plan: Plan): Statement;
}

const EMBEDDING_PROGRAMS: {
  readonly [Kind in EmbeddingDefence["kind"]]: EmbeddingProgram<
    Extract<EmbeddingDefence, { kind: Kind }>
  >;
} = {
  noise: {
    step: (plan, noise) => ({
      apply(embedding, { rows, cut }) {
        requireMatrix("an embedding", embedding, rows, cut);
        return clipAndAddNoise(embedding, cut, plan, noise);
      },
    }),
    statement: (plan) => ({
      ...gaussianRelease(plan, "embedding, given media's weights"),
      unit: "all columns of one row, in one release: one for each epoch (training rows) and one for each scoring (all rows)",
      breaks:
        "further releases: they compose, and every scoring is one, with fresh noise, of training rows too; and media's own layers: they learn from the true features of training rows, so later embeddings of other rows tell of them as well",
    }),
  },
  "distance-correlation": {
    step: ({ weight }) => distanceCorrelationPenalty(weight),
    statement: () => ({
      ...unproven("it makes embeddings and columns less alike on average"),
      unit: "one batch",
      breaks:
        "an attacker with rows of its own to learn from: what is left of the dependence is enough for a decoder",
    }),
  },
};

/** The table's program of a plan: its settings and what takes them have one kind. */
const programOf = (plan: EmbeddingDefence) =>
  EMBEDDING_PROGRAMS[plan.kind] as EmbeddingProgram<EmbeddingDefence>;

export const embeddingStep = (plan: EmbeddingDefence, noise: NoiseStream): EmbeddingStep =>
  programOf(plan).step(plan, noise);

export const embeddingStatement = (plan: EmbeddingDefence): Statement =>
  programOf(plan).statement(plan);
