import { at } from "@moongate/errors";
import {
  type EngineChoice,
  type Examples,
  loadEngine,
  plainTower,
  shuffledBatches,
  TOWER_DEFAULTS,
  trainTower,
} from "@moongate/learning";
import type { FittedPreparation, LocalModelFacts } from "../data.ts";
import { localDocument } from "./document.ts";
import { withEmbedding } from "./embed.ts";
import {
  type LocalInput,
  type LocalSettings,
  localSettingsSchema,
  WIDE_COLUMNS,
} from "./settings.ts";

/** Own rows that decide when to stop. */
const VALIDATION_SHARE = 0.1;

/** Rows that a local model learns from, at most: a random sample of them where there are more. */
export const MOST_LOCAL_ROWS = 100_000;

/** Rows encoded at a time. */
const STRETCH = 2048;

const RAN_AWAY =
  "the local model's training ran away: it stays as it started, and its columns say little. " +
  "Lower [local] learningRate.";

/** A party's choices about its local model. */
export interface LocalChoice {
  readonly input: LocalInput;
  /** The party's own labels, 0 or 1 for each row of its table; none makes an autoencoder. */
  readonly objective: readonly { readonly name: string; readonly values: Uint8Array }[];
  readonly settings?: LocalSettings | undefined;
  readonly engine?: EngineChoice | undefined;
}

/**
 * A preparation with the party's local model on top, trained on the party's own rows alone.
 *
 * 1. Rows to learn from: all of the own table but the joint validation and test rows, whether or
 *    not the other party knows those users; a tenth of them decides when to stop.
 * 2. A tower is trained on their prepared columns, towards the own labels, the columns themselves,
 *    or both.
 * 3. Its embedding joins the prepared columns (of a wide table those that are not sparse), or
 *    replaces them.
 *
 * @param rows of the own table.
 * @throws MoongateError ENGINE_UNAVAILABLE. A training that runs away is a note and ends nothing.
 */
export async function withLocalModel(
  raw: FittedPreparation,
  rows: number,
  trainRows: Uint32Array,
  choice: LocalChoice,
  { heldOut, seed = "1", onLocal, onNote }: LocalModelFacts = {},
): Promise<FittedPreparation> {
  const input = chosen(choice.input, raw);
  if (input === "raw") return raw;
  const engine = await loadEngine({ engine: choice.engine ?? "auto" });
  const { labelWeight, ...settings } = choice.settings ?? localSettingsSchema.parse({});

  const usable = heldOut === undefined ? trainRows : without(rows, heldOut);
  const shuffled = sample(usable, seed);
  const cut = Math.max(1, Math.round(shuffled.length * VALIDATION_SHARE));
  const { state } = await trainTower({
    engine,
    plan: {
      ...TOWER_DEFAULTS,
      ...settings,
      labelWeight: labelWeight === "only" ? Infinity : labelWeight,
      seed: `${seed} local`,
    },
    train: examples(raw, shuffled.subarray(cut), choice),
    validation: examples(raw, shuffled.subarray(0, cut), choice),
    onProgress: onLocal,
    // Which rows it learns from, the other party has a say in: it must not learn how they went.
    onRunaway: () => onNote?.(RAN_AWAY),
  });

  const { epochs, bestEpoch } = state.training;
  const beside = input === "both" ? besideColumns(raw) : [];
  const report = {
    input,
    columns: settings.width,
    beside: beside.length,
    objective: state.objective,
    labels: choice.objective.map(({ name }) => name),
    rows: shuffled.length,
    epochs,
    bestEpoch,
    engine: engine.name,
  };
  const local = { report, beside, tower: plainTower(state) };
  const joined = withEmbedding(raw, local);
  return { ...joined, document: localDocument(raw.document, local), local: report };
}

function chosen(input: LocalInput, raw: FittedPreparation): Exclude<LocalInput, "auto"> {
  if (input !== "auto") return input;
  return isWide(raw) ? "both" : "raw";
}

const isWide = ({ columns }: FittedPreparation): boolean => columns.length > WIDE_COLUMNS;

/** The columns that enter beside an embedding: all prepared ones, but no sparse ones of a wide table. */
export function besideColumns(raw: FittedPreparation): number[] {
  const all = [...raw.columns.keys()];
  const sparse = isWide(raw) ? raw.sparse?.() : undefined;
  return sparse === undefined ? all : all.filter((col) => sparse[col] !== true);
}

/** All rows of a table but some. */
function without(rows: number, some: Uint32Array): Uint32Array {
  const barred = new Uint8Array(rows);
  for (const row of some) barred[row] = 1;
  return Uint32Array.from({ length: rows }, (_, row) => row).filter((row) => barred[row] === 0);
}

/** A random sample of the rows, MOST_LOCAL_ROWS at most; the seed decides. */
function sample(rows: Uint32Array, seed: string): Uint32Array {
  const [order = new Uint32Array()] = shuffledBatches(
    `${seed} own rows`,
    rows.length,
    rows.length,
  )(0);
  return order.subarray(0, MOST_LOCAL_ROWS).map((position) => at(rows, position));
}

/** Prepared columns and own labels of some rows, a stretch at a time. */
function examples(raw: FittedPreparation, rows: Uint32Array, { objective }: LocalChoice): Examples {
  const cols = raw.columns.length;
  const labelCount = objective.length;
  const features = new Float32Array(rows.length * cols);
  for (let from = 0; from < rows.length; from += STRETCH) {
    features.set(raw.encode(rows.subarray(from, from + STRETCH)).values, from * cols);
  }
  const labels = new Uint8Array(rows.length * labelCount);
  objective.forEach(({ values }, which) => {
    rows.forEach((row, position) => {
      labels[position * labelCount + which] = at(values, row);
    });
  });
  return { features, rows: rows.length, cols, labels, labelCount };
}
