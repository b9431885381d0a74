import type { RealMatrix } from "@moongate/views";
import type { Truth } from "../attack.ts";
import { matrix, rowsOf } from "../numeric/matrices.ts";

/** The attacked columns of these rows of the joint table. @throws RangeError without them. */
export function truthOf({ features }: Truth, positions: ArrayLike<number>): RealMatrix {
  if (features === undefined) throw new RangeError("an attack on features needs their truth");
  const { cols, values } = features;
  return rowsOf(matrix(values.length / cols, cols, values), positions);
}
