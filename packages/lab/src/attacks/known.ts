import { at } from "@moongate/errors";
import { permutation, uniforms } from "@moongate/statistics";

/** One label of all joint rows: 0 or 1. */
export interface Target {
  readonly index: number;
  /** Labels in all. */
  readonly count: number;
  readonly name: string;
  readonly values: Uint8Array;
  /** Share of positives in the training rows. */
  readonly share: number;
}

/** The labels of a table, each apart. @param train training rows come first. */
export function targetsOf(
  labels: { readonly values: Uint8Array; readonly names: readonly string[] },
  train: number,
): readonly Target[] {
  const count = labels.names.length;
  return labels.names.map((name, index) => {
    const values = Uint8Array.from({ length: labels.values.length / count }, (_, row) =>
      at(labels.values, row * count + index),
    );
    const positives = values.subarray(0, train).reduce<number>((sum, value) => sum + value, 0);
    return { index, count, name, values, share: positives / Math.max(1, train) };
  });
}

/**
 * What kind of labels an attack knows beforehand. none; positives: so many training rows with the
 * label; rows: so many with and without, half and half, but of the rarer class no more than half of
 * what there is: some must be left to find.
 */
export type Facts = "none" | "positives" | "rows";

/**
 * Positions of the training rows whose label is known: the same for an attack and its control.
 * @param train training rows come first.
 */
export function knownRows(
  { name, values }: Target,
  train: number,
  { facts, known, seed }: { readonly facts: Facts; readonly known: number; readonly seed: string },
): Uint32Array {
  if (facts === "none") return new Uint32Array();
  const order = permutation(uniforms(`known ${seed} ${name}`), train);
  const positives = order.filter((row) => values[row] === 1);
  if (facts === "positives") return positives.subarray(0, known);
  const negatives = order.filter((row) => values[row] === 0);
  const chosen = positives.subarray(0, positivesOf(known, positives.length, negatives.length));
  const most = negatives.length < positives.length ? Math.floor(negatives.length / 2) : known;
  const others = Math.min(known - chosen.length, most);
  return Uint32Array.of(...chosen, ...negatives.subarray(0, others));
}

/** How many of the known rows are positive, if there are so many. */
function positivesOf(known: number, positives: number, negatives: number): number {
  const half = Math.ceil(known / 2);
  return positives <= negatives
    ? Math.min(half, Math.floor(positives / 2))
    : Math.max(half, known - Math.floor(negatives / 2));
}
