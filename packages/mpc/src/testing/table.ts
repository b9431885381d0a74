import { createCipheriv, createHash } from "node:crypto";
import type { TrainingPlan } from "../models/training.ts";
import type { Side } from "../side.ts";

interface TableInputs {
  readonly features: Readonly<Record<Side, Float64Array>>;
  readonly labels: Uint8Array;
}

/** A small random table whose labels depend on both sides' columns; the same for the same seed. */
export function table(
  plan: Pick<TrainingPlan, "rows" | "width" | "labels">,
  seed: string,
): { readonly inputs: TableInputs } {
  const next = uniforms(seed);
  const rows = plan.rows.train + plan.rows.validation + plan.rows.test;
  const draw = (length: number, scale: number): Float64Array =>
    Float64Array.from({ length }, () => scale * (2 * next() - 1));
  const media = draw(rows * plan.width.media, 1.5);
  const commerce = draw(rows * plan.width.commerce, 1.5);
  const weights = draw((plan.width.media + plan.width.commerce) * plan.labels, 2);
  const labels = Uint8Array.from({ length: rows * plan.labels }, (_, index) => {
    const [row, label] = [Math.floor(index / plan.labels), index % plan.labels];
    let logit = -0.5;
    for (let c = 0; c < plan.width.media; c++) {
      logit += (media[row * plan.width.media + c] ?? 0) * (weights[c * plan.labels + label] ?? 0);
    }
    for (let c = 0; c < plan.width.commerce; c++) {
      const weight = weights[(plan.width.media + c) * plan.labels + label] ?? 0;
      logit += (commerce[row * plan.width.commerce + c] ?? 0) * weight;
    }
    return next() < 1 / (1 + Math.exp(-logit)) ? 1 : 0;
  });
  return { inputs: { features: { media, commerce }, labels } };
}

/** Test data, not secrets: uniform numbers in [0, 1) that a seed replays. */
export function uniforms(seed: string): () => number {
  const key = createHash("sha256").update(seed).digest();
  const cipher = createCipheriv("aes-256-ctr", key, Buffer.alloc(16));
  let words = Buffer.alloc(0);
  let offset = 0;
  return () => {
    if (offset === words.length) {
      words = cipher.update(Buffer.alloc(1 << 14));
      offset = 0;
    }
    const word = words.readUInt32LE(offset);
    offset += 4;
    return word / 2 ** 32;
  };
}
