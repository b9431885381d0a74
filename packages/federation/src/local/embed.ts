import { MoongateError } from "@moongate/errors";
import type { Features, FittedPreparation, ScoringData } from "../data.ts";
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
  const kept = beside.map((col) => raw.columns[col] ?? "");
  return {
    ...raw,
    columns: [...kept, ...Array.from({ length: tower.width }, (_, i) => `local[${i + 1}]`)],
    encode: (rows) => {
      const below = raw.encode(rows);
      return sideBySide(below, beside, tower.embed(below.values), tower.width);
    },
  };
}

/** What a saved preparation makes of rows, given what its raw part makes of them. */
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
  below: Features,
  beside: readonly number[],
  embedding: Float64Array,
  width: number,
): Features {
  const { rows } = below;
  const cols = beside.length + width;
  const values = new Float64Array(rows * cols);
  for (let row = 0; row < rows; row++) {
    const at = row * cols;
    beside.forEach((col, index) => {
      values[at + index] = below.values[row * below.cols + col] ?? 0;
    });
    values.set(embedding.subarray(row * width, (row + 1) * width), at + beside.length);
  }
  return { rows, cols, values };
}
