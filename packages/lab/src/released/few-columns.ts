import { at } from "@moongate/errors";
import { trainTwinModel } from "@moongate/federation";
import { makePlan } from "@moongate/messages";
import { maskedModel } from "../attacks/features/model-layers.ts";
import type { ReleasedModel } from "../attacks/features/released-model.ts";
import type { Truth } from "../attacks/attack.ts";
import { matrixOf, MemoryView, named, type View } from "@moongate/views";

/** A table of few columns, on which attacks on a released model must succeed. */
export interface FewColumns {
  readonly model: ReleasedModel;
  /** Commerce's: its own columns, and the scores of that model. */
  readonly view: View;
  readonly truth: Truth;
}

/**
 * The control of attacks on a released model: the same table with as many of media's columns as there
 * are labels, those that the model leans on most. There are then as many equations as unknowns, so
 * equation solving has to be exact, and whoever looks for a row's columns in its scores finds them. The
 * twin trains it in the clear; networks are controlled by logistic regression as well, whose scores
 * rise or fall with a column.
 *
 * @param view commerce's. @param truth media's columns.
 * @returns nothing without either, or without labels.
 */
export async function fewColumns(
  view: View,
  { features: theirs }: Truth,
  model: ReleasedModel,
): Promise<FewColumns | undefined> {
  const [features, labels] = [named(view, "own/features")[0], named(view, "own/labels")[0]];
  if (theirs === undefined || features === undefined || labels === undefined) return undefined;
  const { plan, rows, width } = view.header;
  const own = matrixOf(view, features);
  const chosen = leanedOn(model, theirs.cols, own.rows, theirs.values).slice(0, plan.labels.length);
  const cols = chosen.length;
  const values = Float64Array.from({ length: own.rows * cols }, (_, index) => {
    const [row, column] = [Math.floor(index / cols), at(chosen, index % cols)];
    return at(theirs.values, row * theirs.cols + column);
  });
  const side = (all: Float64Array, count: number) => ({
    cols: count,
    rows: (from: number, to: number) => all.subarray(from * count, to * count),
  });
  const { epochs } = plan.model;
  const few = makePlan("control", plan.labels, {
    ...{ seed: plan.seed, split: plan.split, model: { kind: "logistic", epochs } },
  });
  const trained = await trainTwinModel(
    few,
    rows,
    { media: side(values, cols), commerce: side(own.values, own.cols) },
    view.bytes(labels),
  );
  const header = {
    process: "commerce",
    plan: few,
    rows,
    width: { ...width, media: cols },
  } as const;
  const seen = new MemoryView(header);
  seen.add(features, view.bytes(features));
  const { validation, test } = trained.scores;
  const scores = Float64Array.of(...validation, ...test);
  const shape = { rows: scores.length / labels.cols, cols: labels.cols, element: "f64" } as const;
  seen.add(
    { name: "scores", source: "opened", step: null, ...shape },
    new Uint8Array(scores.buffer),
  );
  return {
    model: maskedModel("logistic", trained.parameters),
    view: seen,
    truth: { features: { values, cols } },
  };
}

/** Media's columns that vary, by how much they move the first layer's sums. */
function leanedOn(
  { layers }: ReleasedModel,
  cols: number,
  rows: number,
  values: ArrayLike<number>,
): number[] {
  const { outputs, weights } = at(layers, 0);
  const moves = Array.from({ length: cols }, (_, column) => {
    let [sum, squares, weight] = [0, 0, 0];
    for (let row = 0; row < rows; row++) {
      const value = at(values, row * cols + column);
      sum += value;
      squares += value * value;
    }
    for (let unit = 0; unit < outputs; unit++) {
      weight += at(weights, column * outputs + unit) ** 2;
    }
    return { column, by: weight * (squares / rows - (sum / rows) ** 2) };
  });
  return moves.toSorted((a, b) => b.by - a.by).map(({ column }) => column);
}
