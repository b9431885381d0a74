import { at } from "@moongate/errors";
import { type RealMatrix, named, type View } from "@moongate/views";
import { matrix } from "../numeric/matrices.ts";
import { lastEpoch, type Step } from "../steps.ts";
import { embeddingsOf, type TrainedBottom, trainedBottom } from "./bottom.ts";
import { headScores } from "./head.ts";
import { labelAttack, type Procedure, receivedTensors, type Scene } from "./run.ts";

/**
 * What the steps have for each training row, the mean over those in which the row was; zero for a
 * row that was in none.
 */
export function rowMeans(scene: Scene, steps: readonly Step[]): RealMatrix | undefined {
  const { train } = scene.view.header.rows;
  const [first] = steps;
  const cols = first === undefined ? undefined : scene.matrixAt(first)?.cols;
  if (cols === undefined) return undefined;
  const out = matrix(train, cols);
  const counts = new Uint32Array(train);
  for (const step of steps) {
    const found = scene.matrixAt(step);
    if (found === undefined) continue;
    step.positions.forEach((position, row) => {
      counts[position] = at(counts, position) + 1;
      for (let j = 0; j < cols; j++) {
        const index = position * cols + j;
        out.values[index] = at(out.values, index) + at(found.values, row * cols + j);
      }
    });
  }
  out.values.forEach((value, index) => {
    out.values[index] = value / Math.max(1, at(counts, Math.floor(index / cols)));
  });
  return out;
}

/** Media's own embeddings if it recorded any, else all that came for single rows. */
const tensors = (_view: View, steps: readonly Step[]): readonly string[] =>
  steps[0]?.tensors.has("own/embedding") === true ? ["own/embedding"] : receivedTensors(steps);

/**
 * Model completion, passive: media keeps its bottom model, which was trained on labels through the
 * gradients, and trains a new head on the rows whose labels it knows and on all others by MixMatch:
 * see `headScores`. With enough known rows the bottom model is fine-tuned as well. Its embeddings
 * are those of the trained model on media's own columns; where the view lacks the model, those of
 * the last epoch. Where there are no embeddings at all, as in a masked training, the head is put on
 * each tensor that came, and is linear alone: a session has too many of them for a network. Rows
 * are scored once, in the last epoch's batches.
 */
export const completion = labelAttack(
  {
    name: "completion",
    title: "Own bottom model with a new head",
    adversary: "media",
    target: "labels",
    knows:
      "the labels of n training rows (100 unless said), half of them positive, and the share of positives",
    paper:
      "Fu et al., Label Inference Attacks Against Vertical Federated Learning, USENIX Security 2022",
  },
  completing(),
);

/**
 * Model completion, active: the same on the view of a media that was dishonest while the network
 * was trained, and scaled its own gradients so that its bottom model would tell more (see
 * `maliciousOptimiser`). What it won by that is the difference to `completion` on the view of an
 * honest training with the same seeds.
 */
export const completionActive = labelAttack(
  {
    name: "completion-active",
    title: "Own bottom model, trained by altered gradients, with a new head",
    adversary: "media",
    target: "labels",
    knows:
      "the labels of n training rows (100 unless said), half of them positive, and the share of positives; it is dishonest while training",
    paper:
      "Fu et al., Label Inference Attacks Against Vertical Federated Learning, USENIX Security 2022",
  },
  { ...completing(), refuses: notDishonest },
);

function completing(): Procedure {
  return {
    facts: "rows",
    known: 100,
    tensors,
    scored: lastEpoch,
    scorer: (scene) => {
      const bottom = scene.tensor === "own/embedding" ? trainedBottom(scene.view) : undefined;
      if (bottom === undefined) return headScorer(scene, rowMeans(scene, lastEpoch(scene.steps)));
      return headScorer(scene, embeddingsOf(bottom), bottom);
    },
    otherwise: "there are no embeddings, and nothing came for single rows of a batch",
  };
}

function notDishonest(view: View): string | undefined {
  if (view.header.plan.protocol === "masked") {
    return "in a masked training media has no gradients to scale";
  }
  if (named(view, "own/dishonest").length > 0) return undefined;
  return "media was honest: it did not alter its own gradients";
}

/**
 * Gradients of all epochs, averaged by row, with a head on known labels. Noise that is drawn anew
 * for each step averages out over epochs: the attack shows the composition that an accountant must
 * count. Against a party that knows the batches nothing is gained by sampling.
 */
export const averaged = labelAttack(
  {
    name: "averaged",
    title: "Gradients averaged over epochs, with a head",
    adversary: "media",
    target: "labels",
    knows:
      "the labels of n training rows (100 unless said), half of them positive, and the share of positives",
    paper:
      "the head of Fu et al., USENIX Security 2022, on averages: composition, Dwork et al., FOCS 2010",
  },
  {
    facts: "rows",
    known: 100,
    scored: lastEpoch,
    scorer: (scene) => headScorer(scene, rowMeans(scene, scene.steps)),
    otherwise: "nothing came for single rows of a batch",
  },
);

function headScorer(scene: Scene, inputs: RealMatrix | undefined, bottom?: TrainedBottom) {
  const { target, known, view, tensor, seed } = scene;
  if (inputs === undefined || known.length === 0) return undefined;
  const scores = headScores(
    { inputs, known, labels: target.values, share: target.share, seed: `${seed} ${tensor}` },
    {
      linearOnly: view.header.plan.protocol === "masked",
      bottom,
    },
  );
  return (step: Step): Float64Array =>
    Float64Array.from(step.positions, (position) => at(scores, position));
}
