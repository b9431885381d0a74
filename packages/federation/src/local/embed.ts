import { at, MoongateError } from "@moongate/errors";
import type { PreparedFeatures, FittedPreparation, ScoringData } from "../data.ts";
import { openDocument, type SavedLocal, type SavedPreparation } from "./document.ts";

type Encoded = ScoringData["fitted"];

/**
 * The columns that enter the joint model: prepared columns (all, some or none of them), then their
 * embedding. It is computed in double precision without an engine, so that the same row has the
 * same bits in training and in every prediction.
 */
export function withEmbedding<Raw extends Encoded>(raw: Raw, { beside, tower }: SavedLocal): Raw {
  if (raw.columns.length !== tower.cols) {
    const cause = `the local model has ${tower.cols} columns below it, not ${raw.columns.length}`;
    throw new MoongateError("PREPARATION_INVALID", cause);
  }
  const names = beside.map((col) => at(raw.columns, col));
  return {
    ...raw,
    columns: [...names, ...Array.from({ length: tower.width }, (_, i) => `local[${i + 1}]`)],
    encode: (rows) => {
      const below = raw.encode(rows);
      return sideBySide(below, beside, tower.embed(below.values), tower.width);
    },
  };
}

/** Adds a saved preparation's local model, if it has one, to its raw part. */
export function asSaved<Raw extends Encoded>(prepared: Raw, { local }: SavedPreparation): Raw {
  return local === undefined ? prepared : withEmbedding(prepared, local);
}

/**
 * A preparation from its document.
 * @throws MoongateError PREPARATION_INVALID, TOWER_INVALID
 */
export function reopened(
  document: unknown,
  parse: (raw: unknown) => FittedPreparation,
): FittedPreparation {
  const saved = openDocument(document);
  const fitted = asSaved(parse(saved.raw), saved);
  return { ...fitted, document, local: saved.local?.report };
}

/** Some of the prepared columns, then the embedding. */
function sideBySide(
  below: PreparedFeatures,
  beside: readonly number[],
  embedding: Float64Array,
  width: number,
): PreparedFeatures {
  const { rows } = below;
  const cols = beside.length + width;
  const values = new Float64Array(rows * cols);
  for (let row = 0; row < rows; row++) {
    const start = row * cols;
    beside.forEach((col, index) => {
      values[start + index] = at(below.values, row * below.cols + col);
    });
    values.set(embedding.subarray(row * width, (row + 1) * width), start + beside.length);
  }
  return { rows, cols, values };
}
