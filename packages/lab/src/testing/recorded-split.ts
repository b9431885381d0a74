import {
  commerceHalf,
  loadEngine,
  mediaHalf,
  singleNetwork,
  type SplitPlan,
  splitRates,
} from "@moongate/learning";
import { makePlan, type PlanChoices } from "@moongate/messages";
import { batches, fittingSchedule, type Side, SIDES } from "@moongate/mpc";
import { MemoryView, type Source } from "@moongate/views";
import { jointTable } from "./masked-session.ts";

export interface RecordedSplitOptions {
  readonly seed: string;
  readonly model: NonNullable<PlanChoices["model"]>;
  readonly rows: { readonly train: number; readonly validation: number; readonly test: number };
}

export interface RecordedSplit {
  readonly views: Readonly<Record<Side, MemoryView>>;
  readonly features: Readonly<Record<Side, Float64Array>>;
  readonly width: Readonly<Record<Side, number>>;
}

const SOURCES: Readonly<Record<string, Source>> = { batch: "public", scores: "computed" };

/**
 * A split training in this process without defence, with both parties' views, by the plan of a real
 * session: its batches, rates and momentum.
 */
export async function recordedSplit(options: RecordedSplitOptions): Promise<RecordedSplit> {
  const { seed, rows } = options;
  const width = { media: 4, commerce: 3 };
  const total = rows.train + rows.validation + rows.test;
  const { features, labels } = jointTable(seed, total, width);
  const plan = makePlan("lab", ["bought"], { protocol: "split", seed, model: options.model });
  const { model } = plan;
  const splitPlan: SplitPlan = {
    ...{ kind: singleNetwork(model.kind), epochs: model.epochs, weightDecay: model.weightDecay },
    ...{ seed, labels: 1 },
    hidden: model.kind === "logistic" ? 1 : model.hidden,
    tower: 8,
    ...fittingSchedule(model, rows.train),
  };
  const header = { plan, rows, width };
  const views = {
    media: new MemoryView({ process: "media", ...header }),
    commerce: new MemoryView({ process: "commerce", ...header }),
  };
  const add = (
    side: Side,
    name: string,
    element: "f32" | "f64" | "u8" | "u32",
    values: Float32Array | Float64Array | Uint8Array | Uint32Array,
    count: number,
    step: number | null = null,
  ): void => {
    const source = SOURCES[name] ?? (name.startsWith("own/") ? "own" : "received");
    const shape = { rows: count, cols: values.length / count, element };
    views[side].add({ name, source, step, ...shape }, new Uint8Array(values.slice().buffer));
  };
  for (const side of SIDES) {
    add(side, "own/features", "f32", Float32Array.from(features[side]), total);
  }
  add("commerce", "own/labels", "u8", labels, total);

  const engine = await loadEngine({ engine: "cpu" });
  const media = mediaHalf({ engine, plan: splitPlan, width, seed: `${seed} media` });
  const commerce = commerceHalf({ engine, plan: splitPlan, width, seed: `${seed} commerce` });
  const columns = (side: Side, positions: Uint32Array): Float64Array =>
    Float64Array.from(
      Array.from(positions, (row) => [
        ...features[side].subarray(row * width[side], (row + 1) * width[side]),
      ]).flat(),
    );
  const rateOf = splitRates(splitPlan, rows.train);
  let step = 0;
  for (let epoch = 0; epoch < splitPlan.epochs; epoch++) {
    for (const batch of batches(seed, epoch, rows.train, splitPlan.batchSize)) {
      const n = batch.length;
      const embeddings = media.forward(columns("media", batch));
      const targets = Float32Array.from(batch, (row) => labels[row] ?? 0);
      const example = { features: columns("commerce", batch), embeddings, targets };
      const gradient = commerce.step(example, rateOf(step));
      for (const side of SIDES) add(side, "batch", "u32", batch, n, step);
      add("media", "own/embedding", "f32", embeddings, n, step);
      add("media", "cut-gradient", "f32", gradient, n, step);
      add("commerce", "embedding", "f32", embeddings, n, step);
      add("commerce", "own/cut-gradient", "f32", gradient, n, step);
      media.backward(gradient, rateOf(step));
      step += 1;
    }
  }
  for (const { inputs, weights } of media.layers) {
    add("media", "own/bottom", "f64", weights, inputs + 1);
  }
  const held = Uint32Array.from(
    { length: rows.validation + rows.test },
    (_, row) => rows.train + row,
  );
  const embeddings = media.embed(columns("media", held));
  for (const side of SIDES) add(side, "batch", "u32", held, held.length);
  add("media", "own/embedding", "f32", embeddings, held.length);
  add("commerce", "embedding", "f32", embeddings, held.length);
  const logits = commerce.scores(columns("commerce", held), embeddings);
  add("commerce", "scores", "f64", logits, held.length);
  return { views, features, width };
}
