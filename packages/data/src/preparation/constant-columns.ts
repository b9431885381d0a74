import { at } from "@moongate/errors";
import type { Column } from "../table/table.ts";
import { encodedNames, featureEncoder } from "./encode-feature.ts";
import type { Feature } from "./schema.ts";

/** Rows that are encoded at once. */
const STRETCH = 4096;

/** The places of a feature's columns that have one value in all the given rows. */
export function zeroColumns(feature: Feature, column: Column, rows: Uint32Array): number[] {
  const stride = encodedNames(feature).length;
  const encode = featureEncoder(feature, column);
  const varies = new Uint8Array(stride);
  let first: Float64Array | undefined;
  for (let from = 0; from < rows.length; from += STRETCH) {
    const stretch = rows.subarray(from, from + STRETCH);
    const values = new Float64Array(stretch.length * stride);
    encode(stretch, { values, stride, first: 0 });
    first ??= values.slice(0, stride);
    for (let index = 0, col = 0; index < values.length; index++) {
      if (values[index] !== first[col]) varies[col] = 1;
      col = col + 1 === stride ? 0 : col + 1;
    }
  }
  return Array.from({ length: stride }, (_, col) => col).filter((col) => at(varies, col) === 0);
}
