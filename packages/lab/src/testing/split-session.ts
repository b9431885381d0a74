import {
  commerceHalf,
  loadEngine,
  mediaHalf,
  type SplitPlan,
  splitRates,
} from "@moongate/learning";
import { makePlan } from "@moongate/messages";
import { batches } from "@moongate/mpc";
import { MemoryView } from "@moongate/views";
import { normals, uniforms } from "@moongate/statistics";

export interface SplitSessionOptions {
  readonly seed: string;
  readonly kind: SplitPlan["kind"];
  /** Names; default: one. */
  readonly labels?: readonly string[];
  readonly rows?: number;
  readonly epochs?: number;
  /** Media's columns, 4 by default; all tell of the label. */
  readonly columns?: number;
  /** What is added to each logit, which makes positives rare. Default −2.5. */
  readonly offset?: number;
  /** Makes what crosses in place of the gradient. */
  readonly defend?: (gradient: Float32Array) => Float32Array;
}

export interface SplitSession {
  readonly media: MemoryView;
  /** All joint rows × labels. */
  readonly labels: { readonly values: Uint8Array; readonly names: readonly string[] };
}

const COMMERCE_COLUMNS = 5;
const HIDDEN = 6;
const BATCH = 128;

/** A split training in this process and the view that media records of it. */
export async function splitSession(options: SplitSessionOptions): Promise<SplitSession> {
  const { seed, kind, labels: names = ["bought"], rows = 1280, epochs = 6 } = options;
  const width = { media: options.columns ?? 4, commerce: COMMERCE_COLUMNS };
  const columns = width.media + width.commerce;
  const next = uniforms(`split ${seed}`);
  const own = Float32Array.from(normals(next, rows * width.media));
  const theirs = Float32Array.from(normals(next, rows * width.commerce));
  const slopes = normals(next, names.length * columns);
  const values = Uint8Array.from({ length: rows * names.length }, (_, at) => {
    const [row, label] = [Math.floor(at / names.length), at % names.length];
    const slope = (j: number): number => slopes[label * columns + j] ?? 0;
    let logit = options.offset ?? -2.5;
    for (let j = 0; j < width.media; j++)
      logit += 0.5 * slope(j) * (own[row * width.media + j] ?? 0);
    for (let j = 0; j < width.commerce; j++) {
      logit += slope(width.media + j) * (theirs[row * width.commerce + j] ?? 0);
    }
    return next() < 1 / (1 + Math.exp(-logit)) ? 1 : 0;
  });

  const plan: SplitPlan = {
    kind,
    hidden: HIDDEN,
    tower: 8,
    labels: names.length,
    epochs,
    batchSize: BATCH,
    learningRate: 0.1,
    weightDecay: 1e-4,
    seed,
  };
  const model =
    kind === "logistic" ? ({ kind } as const) : ({ kind, hidden: HIDDEN, epochs } as const);
  const media = new MemoryView({
    process: "media",
    plan: makePlan("lab", names, { protocol: "split", model }),
    rows: { train: rows, validation: 0, test: 0 },
    width,
  });
  const add = (
    name: string,
    source: "own" | "public" | "received",
    step: number | null,
    cols: number,
    array: Float32Array | Float64Array | Uint32Array,
  ): void => {
    const element =
      array instanceof Uint32Array ? "u32" : array instanceof Float64Array ? "f64" : "f32";
    const shape = { rows: array.length / cols, cols, element } as const;
    media.add({ name, source, step, ...shape }, new Uint8Array(array.slice().buffer));
  };
  add("own/features", "own", null, width.media, own);

  const engine = await loadEngine({ engine: "cpu" });
  const below = mediaHalf({ engine, plan, width, seed: `${seed} media` });
  const above = commerceHalf({ engine, plan, width, seed: `${seed} commerce` });
  const rateOf = splitRates(plan, rows);
  const defend = options.defend ?? ((gradient) => gradient);
  let step = 0;
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (const batch of batches(seed, epoch, rows, BATCH)) {
      const rate = rateOf(step);
      const embeddings = below.forward(gathered(own, width.media, batch), batch.length);
      const targets = Float32Array.from(gathered(Float32Array.from(values), names.length, batch));
      const features = gathered(theirs, width.commerce, batch);
      const gradient = defend(above.step({ features, embeddings, targets }, rate));
      below.backward(gradient, rate);
      add("batch", "public", step, 1, batch);
      add("own/embedding", "own", step, above.cut, embeddings);
      add("cut-gradient", "received", step, above.cut, gradient);
      step += 1;
    }
  }
  for (const { outputs, weights } of below.layers) add("own/bottom", "own", null, outputs, weights);
  return { media, labels: { values, names } };
}

/** These rows of a table. */
function gathered(values: Float32Array, cols: number, rows: Uint32Array): Float32Array {
  const out = new Float32Array(rows.length * cols);
  rows.forEach((row, at) => {
    out.set(values.subarray(row * cols, (row + 1) * cols), at * cols);
  });
  return out;
}
