/**
 * The twin shares the masked model's own program, so an error in that program would be in both.
 * Here it stands beside an independent one: the float network of `learning`, on TensorFlow.js, with
 * the true sigmoid and gradients by its own kernels, from the same start and over the same batches.
 */
import { type DenseLayer, loadEngine, trainNetwork } from "@moongate/learning";
import { describe, expect, it } from "vitest";
import { TwinMachine, valuesOf } from "../machines/twin.ts";
import { table } from "../testing/table.ts";
import type { Shared } from "../values.ts";
import { fittingSchedule, type ModelPlan } from "./model.ts";
import { batches, normals } from "./schedule.ts";
import { maskedTraining, type TrainingPlan } from "./training.ts";

const engine = await loadEngine({ engine: "cpu" });
const [HIDDEN, LABELS] = [6, 2];
const schedule = { epochs: 4, batchSize: 64, learningRate: 0.1, weightDecay: 1e-2 };
const MODELS: readonly Exclude<ModelPlan, { kind: "portfolio" }>[] = [
  { kind: "logistic", ...schedule },
  { kind: "sine", hidden: HIDDEN, ...schedule },
];
const planOf = (model: ModelPlan): TrainingPlan => ({
  seed: "float",
  model,
  labels: LABELS,
  rows: { train: 500, validation: 40, test: 200 },
  width: { media: 5, commerce: 4 },
});

describe.each(MODELS.map((model) => [model.kind, planOf(model)] as const))(
  "the twin of a %s model",
  (kind, plan) => {
    it("ends where a float network of another program ends", async () => {
      const { inputs } = table(plan, "float");
      const twin = await maskedTraining(new TwinMachine(), { plan, inputs });
      const { train } = plan.rows;
      const columns = plan.width.media + plan.width.commerce;
      const features = joined(inputs.features, plan);
      const network = await trainNetwork(
        {
          engine,
          kind,
          hidden: HIDDEN,
          ...schedule,
          ...fittingSchedule(schedule, train),
          seed: plan.seed,
          start: startOf(kind, columns, plan.seed),
          schedule: (epoch) => batches(plan.seed, epoch, train, schedule.batchSize),
        },
        {
          features: features.slice(0, train * columns),
          rows: train,
          cols: columns,
          labels: inputs.labels.slice(0, train * LABELS),
          labelCount: LABELS,
        },
      );
      // The series is within 0.0026 of the sigmoid, and the logistic model's momentum is rounded to
      // 2^-8: less than a hundredth of what a step comes to in the end.
      const names = kind === "sine" ? ["hidden", "output"] : ["weights"];
      names.forEach((name, index) => {
        const turns = name === "hidden" ? 2 * Math.PI : 1;
        const weights = network.layers[index]?.weights ?? new Float64Array();
        const values = valuesOf(twin.parameters[name] as Shared);
        expect(values.length).toBe(weights.length);
        values.forEach((value, at) => {
          expect(Math.abs(value * turns - (weights[at] ?? NaN)), `${name} ${at}`).toBeLessThan(
            0.02,
          );
        });
        expect(Math.max(...values.map(Math.abs)) * turns).toBeGreaterThan(0.2);
      });
      const test = network.predict(features.slice((train + plan.rows.validation) * columns));
      const scores = twin.scores?.test ?? new Float64Array();
      const largest = Math.max(...scores.map(Math.abs));
      scores.forEach((score, at) => {
        expect(Math.abs(score - (test[at] ?? NaN)) / largest).toBeLessThan(0.01);
      });
    });
  },
);

/** The masked model's start as layers: turns become radians, the constant column a bias. */
function startOf(kind: ModelPlan["kind"], columns: number, seed: string): DenseLayer[] {
  const layer = (inputs: number, outputs: number, activation: DenseLayer["activation"]) => ({
    ...{ inputs, outputs, activation },
    weights: new Float64Array((inputs + 1) * outputs),
  });
  if (kind === "logistic") return [layer(columns, LABELS, "linear")];
  const hidden = layer(columns, HIDDEN, "sine");
  const spread = (2 * Math.PI * 0.2) / Math.sqrt(columns + 1);
  hidden.weights.set(
    normals(`${seed} hidden weights`, hidden.weights.length).map((value) => value * spread),
  );
  return [hidden, layer(HIDDEN, LABELS, "linear")];
}

/** Both sides' columns of all rows side by side, media's first. */
function joined(
  features: ReturnType<typeof table>["inputs"]["features"],
  { rows, width }: TrainingPlan,
): Float64Array {
  const total = rows.train + rows.validation + rows.test;
  return Float64Array.from(
    Array.from({ length: total }, (_, row) =>
      (["media", "commerce"] as const).flatMap((side) => [
        ...features[side].subarray(row * width[side], (row + 1) * width[side]),
      ]),
    ).flat(),
  );
}
