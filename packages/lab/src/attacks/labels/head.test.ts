import { auc } from "@moongate/statistics";
import type { View } from "@moongate/views";
import { matrixOf, named } from "@moongate/views";
import { describe, expect, it } from "vitest";
import { recordedSplit } from "../../testing/recorded-split.ts";
import { splitSession } from "../../testing/split-session.ts";
import { matrix } from "../numeric/matrices.ts";
import { normals, permutation, uniforms } from "@moongate/statistics";
import { supervisedFor } from "../supervised.ts";
import { embeddingsOf, trainedBottom } from "./bottom.ts";
import { completion } from "./completion.ts";
import { headScores } from "./head.ts";
import { linearHead } from "./linear-head.ts";
import { freeHead, networkHead, tunedHead } from "./network-head.ts";

/** Rows whose label is a function of their numbers; half of the known ones are positive. */
function scene(seed: string, known: number, label: (row: Float64Array, chance: number) => boolean) {
  const [rows, cols] = [1200, 6];
  const next = uniforms(`scene ${seed}`);
  const inputs = matrix(rows, cols, normals(next, rows * cols));
  const labels = Uint8Array.from({ length: rows }, (_, row) =>
    label(inputs.values.subarray(row * cols, (row + 1) * cols), next()) ? 1 : 0,
  );
  const order = permutation(next, rows);
  const some = (wanted: number): Uint32Array =>
    order.filter((row) => labels[row] === wanted).subarray(0, known / 2);
  const share = labels.reduce((sum, value) => sum + value, 0) / rows;
  return { inputs, labels, share, seed, known: Uint32Array.of(...some(1), ...some(0)) };
}

/** AUC on the rows that are not known. */
function found({ labels, known }: ReturnType<typeof scene>, scores: Float64Array): number {
  const hidden = new Set(known);
  const rest = Uint32Array.from(labels.keys()).filter((row) => !hidden.has(row));
  return auc(
    Float64Array.from(rest, (row) => scores[row] ?? 0),
    Uint8Array.from(rest, (row) => labels[row] ?? 0),
  );
}

const square = (value = 0): number => value * value;

describe("the choice of a head", () => {
  it.each([10, 100, 400])("is at chance on numbers that tell nothing: %i known rows", (known) => {
    const seeds = ["1", "2", "3", "4", "5", "6"];
    const scenes = seeds.map((seed) => scene(seed, known, (_, chance) => chance < 0.2));
    const all = scenes.map((each) => found(each, headScores(each)));
    const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
    // One AUC has a deviation of about .02 (.06 where 40 positives are left), the mean of six .01.
    expect(Math.abs(mean - 0.5)).toBeLessThan(known === 400 ? 0.06 : 0.03);
  });

  it("keeps the network where none is better", () => {
    const task = scene("plain", 60, ([a = 0], chance) => chance < 1 / (1 + Math.exp(1 - 2 * a)));
    const scores = headScores(task);
    expect(scores).toEqual(networkHead(task));
    expect(found(task, scores)).toBeGreaterThan(0.75);
  });

  it("takes the free network where known rows show what is not linear", () => {
    const bent = scene("bent", 600, ([a, b]) => square(a) + square(b) > 1.4);
    const scores = headScores(bent);
    expect(scores).toEqual(freeHead(bent));
    expect(found(bent, scores)).toBeGreaterThan(found(bent, linearHead(bent)) + 0.2);
  });

  it("takes the linear head where known rows say that it is the better one", () => {
    const task = scene("line", 120, (row) => row.reduce((sum, value) => sum + value, 0) > 2);
    const scores = headScores(task);
    expect(scores).toEqual(linearHead(task));
    expect(found(task, scores)).toBeGreaterThan(found(task, networkHead(task)));
  });

  it("is no choice where nothing else is asked for, or where no negative is known", () => {
    const task = scene("alone", 60, ([a = 0]) => a > 1);
    expect(headScores(task, { linearOnly: true })).toEqual(linearHead(task));
    const positives = { ...task, known: task.known.filter((row) => task.labels[row] === 1) };
    expect(headScores(positives)).toEqual(linearHead(positives));
  });

  it("looks at no label that is not known", () => {
    const task = scene("blind", 60, ([a = 0], chance) => chance < 1 / (1 + Math.exp(1 - 2 * a)));
    const known = new Set(task.known);
    const labels = task.labels.map((label, row) => (known.has(row) ? label : 1 - label));
    expect(headScores({ ...task, labels })).toEqual(headScores(task));
  });
});

describe("a trained bottom model", () => {
  it.each(["sine", "relu"] as const)("gives the embeddings that were sent: %s", async (kind) => {
    const rows = { train: 128, validation: 20, test: 20 };
    const { views } = await recordedSplit({ seed: "1", model: { kind, epochs: 2 }, rows });
    const { media } = views;
    // As if all rows were training rows: those held out were sent after the last step.
    const header = { ...media.header, rows: { train: 168, validation: 0, test: 0 } };
    const all: View = { header, tensors: media.tensors, bytes: (tensor) => media.bytes(tensor) };
    const bottom = trainedBottom(all);
    expect(bottom?.layers.length).toBe(kind === "relu" ? 2 : 1);
    if (bottom === undefined) return;
    const embeddings = embeddingsOf(bottom);
    const last = named(media, "own/embedding").at(-1);
    const sent = last === undefined ? matrix(0, 0) : matrixOf(media, last);
    expect(sent.rows).toBe(40);
    sent.values.forEach((value, at) => {
      expect(embeddings.values[128 * sent.cols + at]).toBeCloseTo(value, 4);
    });
  });

  it("is fine-tuned with the head: one that was never trained tells more afterwards", () => {
    const task = scene("tuned", 600, ([a = 0, b = 0, c = 0], chance) => {
      return chance < 1 / (1 + Math.exp(-2 * (a + b - c)));
    });
    const next = uniforms("a bottom");
    const layers = [
      {
        ...{ inputs: 6, outputs: 2, activation: "linear" as const },
        weights: normals(next, 14),
      },
    ];
    const bottom = { columns: task.inputs, layers };
    const frozen = { ...task, inputs: embeddingsOf(bottom) };
    const before = found(task, networkHead(frozen));
    expect(found(task, tunedHead(frozen, bottom))).toBeGreaterThan(before + 0.05);
    expect(layers[0]?.weights).toEqual(normals(uniforms("a bottom"), 14));
  });
});

describe("model completion", () => {
  it.each(["relu", "sine"] as const)(
    "tells more than a supervised model where the bottom model has learnt: %s",
    async (kind) => {
      // Forty columns and a hundred known rows: too few for a model of its own.
      const session = await splitSession({ seed: "wide", kind, columns: 40, epochs: 12 });
      const options = { seed: "1", known: 100 };
      const result = await completion.run(session.media, session, options);
      const control = await supervisedFor(completion, session.media, session, options);
      const [mean = 0, own = 1] = [result.leak?.mean, control?.leak?.mean];
      expect(own).toBeGreaterThan(0.6);
      expect(mean).toBeGreaterThan(own + 0.05);
      expect(await completion.run(session.media, session, options)).toEqual(result);
    },
  );
});
