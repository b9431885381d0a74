import { MoongateError } from "@moongate/errors";
import { readTable } from "../reading/read-table.ts";
import { idsOf } from "../table/roles.ts";
import { columnOf, type Table } from "../table/table.ts";
import { type ByConversion, type Conversion, CONVERSIONS } from "./conversions.ts";
import { SYNTHETIC_ID } from "./users.ts";

/** What only the oracle knows: everybody's true probabilities. Never an input of training. */
export interface TrueProbabilities {
  readonly ids: readonly string[];
  /** One probability an id, for each conversion. */
  readonly probabilities: ByConversion<Float64Array>;
}

const COLUMN_PREFIX = "oracle_";

/**
 * The true probabilities of the given users, in their order: the best scores there can be.
 *
 * @throws ALIGNMENT_EMPTY (an id the oracle does not know; the row counts from 1)
 */
export function oracleScores(
  truth: TrueProbabilities,
  conversion: Conversion,
  ids: readonly string[],
): Float64Array {
  const places = new Map(truth.ids.map((id, place) => [id, place]));
  return Float64Array.from(ids, (id, row) => {
    const probability = truth.probabilities[conversion][places.get(id) ?? -1];
    if (probability !== undefined) return probability;
    throw new MoongateError("ALIGNMENT_EMPTY", `the oracle does not know the id of row ${row + 1}`);
  });
}

/** The truth as a table; its columns say whose knowledge they are. */
export function truthTable(truth: TrueProbabilities): Table {
  return {
    id: SYNTHETIC_ID,
    rows: truth.ids.length,
    columns: [
      { name: SYNTHETIC_ID, kind: "text", values: truth.ids },
      ...CONVERSIONS.map((conversion) => ({
        name: COLUMN_PREFIX + conversion,
        kind: "number" as const,
        values: truth.probabilities[conversion],
      })),
    ],
  };
}

/**
 * Reads the truth of a written population.
 *
 * @throws the errors of `readTable`
 */
export async function readTruth(path: string): Promise<TrueProbabilities> {
  const table = await readTable(path, { id: SYNTHETIC_ID });
  const column = (conversion: Conversion): Float64Array => {
    const found = columnOf(table, COLUMN_PREFIX + conversion);
    if (found.kind === "number") return found.values;
    throw new MoongateError("COLUMN_KIND_CHANGED", `${path} is not the truth of a population`);
  };
  return {
    ids: idsOf(table),
    probabilities: {
      store_order: column("store_order"),
      live_order: column("live_order"),
      content_visit: column("content_visit"),
    },
  };
}
