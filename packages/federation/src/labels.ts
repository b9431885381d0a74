import { NO_ROW } from "@moongate/alignment";
import { at, MoongateError, nearest } from "@moongate/errors";

/**
 * The plan's labels of the joint rows, row-major rows × labels; 0 where the order has no row.
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
      out[index * k + column] = row === NO_ROW ? 0 : at(values, row);
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

function missing(name: string, known: readonly string[]): MoongateError {
  const meant = nearest(name, known);
  return new MoongateError("LABEL_MISSING", `there is no label "${name}"`, {
    cure: meant && `Did you mean "${meant}"?`,
  });
}
