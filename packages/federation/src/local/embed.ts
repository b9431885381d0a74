import { MoongateError } from "@moongate/errors";
import type { Features, FittedPreparation, ScoringData } from "../data.ts";
import { openDocument, type SavedLocal, type SavedPreparation } from "./document.ts";

type Encoded = ScoringData["fitted"];

/**
 * The columns that enter the joint model: the embedding of the prepared columns, after them or in
 * their place. It is computed in double precision without an engine, so that the same row has the
 * same bits in training and in every prediction.
 */
export function withEmbedding<Raw extends Encoded>(raw: Raw, { report, tower }: SavedLocal): Raw {
  if (raw.columns.length !== tower.cols) {
    const cause = `the local model has ${tower.cols} columns below it, not ${raw.columns.length}`;
    throw new MoongateError("PREPARATION_INVALID", cause);
  }
  const own = Array.from({ length: tower.width }, (_, i) => `local[${i + 1}]`);
  const beside = report.input === "both";
  return {
    ...raw,
    columns: beside ? [...raw.columns, ...own] : own,
    encode: (rows) => {
      const below = raw.encode(rows);
      const values = tower.embed(below.values);
      const embedded: Features = { rows: rows.length, cols: tower.width, values };
      return beside ? sideBySide(below, embedded) : embedded;
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
  const { report } = saved.local ?? {};
  const fitted = asSaved(parse(saved.raw), saved);
  return { ...fitted, document, ...(report === undefined ? {} : { local: report }) };
}

function sideBySide(left: Features, right: Features): Features {
  const { rows } = left;
  const cols = left.cols + right.cols;
  const values = new Float64Array(rows * cols);
  for (let row = 0; row < rows; row++) {
    const at = row * cols;
    values.set(left.values.subarray(row * left.cols, (row + 1) * left.cols), at);
    values.set(right.values.subarray(row * right.cols, (row + 1) * right.cols), at + left.cols);
  }
  return { rows, cols, values };
}
