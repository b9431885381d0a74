import { at, MoongateError, nearest } from "@moongate/errors";
import type { PartitionRows } from "@moongate/messages";

/**
 * The plan's labels of the joint rows, row-major rows × labels.
 * @throws MoongateError LABEL_MISSING; RangeError for a label column shorter than its table.
 */
export function arrangedLabels(
  table: Readonly<Record<string, Uint8Array>>,
  names: readonly string[],
  order: Uint32Array,
): Uint8Array {
  const k = names.length;
  const out = new Uint8Array(order.length * k);
  names.forEach((name, column) => {
    const values = Object.hasOwn(table, name) ? table[name] : undefined;
    if (values === undefined) throw missing(name, Object.keys(table));
    order.forEach((row, index) => {
      out[index * k + column] = at(values, row);
    });
  });
  return out;
}

/** One label's values of some rows. */
export function labelColumn(
  labels: Uint8Array,
  columns: number,
  column: number,
  from: number,
  to: number,
): Uint8Array {
  return Uint8Array.from({ length: to - from }, (_, i) =>
    at(labels, (from + i) * columns + column),
  );
}

/**
 * Refuses a partition in which a label has one class: it can neither train nor measure a model.
 * @throws MoongateError LABEL_ONE_CLASS
 */
export function requireBothClasses(
  labels: Uint8Array,
  names: readonly string[],
  { train, validation, test }: PartitionRows,
): void {
  const parts = [
    ["training", 0, train],
    ["validation", train, train + validation],
    ["test", train + validation, train + validation + test],
  ] as const;
  names.forEach((name, column) => {
    for (const [part, from, to] of parts) {
      const positives = labelColumn(labels, names.length, column, from, to).filter(Boolean).length;
      if (positives > 0 && positives < to - from) continue;
      throw new MoongateError(
        "LABEL_ONE_CLASS",
        `label "${name}" has one class in the ${part} rows`,
      );
    }
  });
}

function missing(name: string, known: readonly string[]): MoongateError {
  const meant = nearest(name, known);
  return new MoongateError("LABEL_MISSING", `there is no label "${name}"`, {
    cure: meant && `Did you mean "${meant}"?`,
  });
}
