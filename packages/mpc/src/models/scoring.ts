import type { Inputs, Machine } from "../machine.ts";
import { maskColumns } from "../operations/mask-columns.ts";
import { reveal } from "../operations/reveal.ts";
import { truncate } from "../operations/truncate.ts";
import type { Side } from "../side.ts";
import type { Shared } from "../values.ts";
import { clippedTable } from "./clipping.ts";
import { logistic } from "./logistic.ts";
import type { MaskedModel, ModelPlan } from "./model.ts";
import { sine } from "./sine.ts";
import { ownSlots } from "./slots.ts";
import { rowsInBytes, rowsOf, type Table, withIntercept } from "./table.ts";

/**
 * Version of everything that decides what a repeatable step opens: this program, the operations
 * it uses and the arithmetic below them. Raise it with any change that alters an opening (a test
 * knows), or a mask of before would cover another value than before.
 */
export const SCORING_VERSION = 2;

/** Revealed logits keep 16 fractional bits: enough to rank, too few to solve for media's rows. */
const SCORE_BITS = 16;
/** A stretch is scored at once. Its size is part of what makes scores repeatable. */
const STRETCH_ROWS = 4096;
const STRETCH_BYTES = 8 << 20;

/** What all processes know of a prediction. */
export interface ScoringPlan {
  readonly model: ModelPlan;
  readonly labels: number;
  readonly rows: number;
  readonly width: Readonly<Record<Side, number>>;
  /** Rows are clipped as in the model's training. */
  readonly dp?: { readonly clip: number } | undefined;
  /** Rows are slots of a hidden alignment: `Inputs.slots` says who has a row in which. */
  readonly hidden?: boolean | undefined;
}

export interface ScoringOptions {
  readonly plan: ScoringPlan;
  readonly inputs: Inputs;
  /** What each parameter's `Machine.save` gave, by name; at the dealer nothing. */
  readonly saved: Readonly<Record<string, Uint8Array>>;
  readonly onRows?: ((done: number) => void) | undefined;
}

/**
 * Scores rows by saved parameters, for every role; logits are revealed to commerce with a ledger
 * line. Equal rows in equal order and the same parameters give the same bits, whenever and wherever.
 *
 * @returns logits, row-major rows × labels: at commerce and at the twin, undefined elsewhere. Under
 *   hidden alignment, of the slots that commerce has a row in, in their order.
 */
export function maskedScoring(
  m: Machine,
  options: ScoringOptions,
): Promise<Float64Array | undefined> {
  const { model } = options.plan;
  return model.kind === "sine" ? run(m, sine(model), options) : run(m, logistic, options);
}

function run<State, Parameters extends Readonly<Record<string, Shared>>>(
  m: Machine,
  model: MaskedModel<State, Parameters>,
  { plan, inputs, saved, onRows }: ScoringOptions,
): Promise<Float64Array | undefined> {
  const { rows, width, labels } = plan;
  const own = { rows, width, features: inputs.features };
  const table = withIntercept(m, clippedTable(own, plan.dp, model.featureBits));
  const d = table.width.media + table.width.commerce;
  const parameters = model.restore(d, labels, (name, shape) =>
    m.restore(shape.rows, shape.cols, shape.scale, saved[name]),
  );
  const ledger = { what: "scores", why: "commerce uses the predictions of its users" };
  const slots = plan.hidden === true ? (inputs.slots ?? {}) : undefined;
  return scoreTable(m, model, { parameters, labels, table, slots, ledger, onRows });
}

/**
 * Reveals the logits of a table's rows to commerce, in stretches. Each is one repeatable step:
 * 1. Both sides' rows under the data mask of this step.
 * 2. The model's logits, truncated.
 * 3. Media sends its share.
 *
 * Under hidden alignment every slot is scored, so that media does not learn which are commerce's; what
 * commerce is opened of the others is uniformly random, by the dealer's part of the truncation.
 */
export async function scoreTable<State, Parameters extends Readonly<Record<string, Shared>>>(
  m: Machine,
  model: MaskedModel<State, Parameters>,
  options: {
    readonly parameters: Parameters;
    readonly labels: number;
    readonly table: Table;
    /** Who has a row in which of the table's rows, as far as this machine knows. */
    readonly slots?: Inputs["slots"];
    readonly ledger: { readonly what: string; readonly why: string };
    readonly onRows?: ((done: number) => void) | undefined;
  },
): Promise<Float64Array | undefined> {
  const { parameters, labels, table, slots, ledger, onRows } = options;
  const values = Object.keys(parameters)
    .sort()
    .flatMap((name) => parameters[name] ?? []);
  const stretch = Math.min(STRETCH_ROWS, rowsInBytes(table, STRETCH_BYTES));
  const scores: (Float64Array | undefined)[] = [];
  for (let from = 0; from < table.rows; from += stretch) {
    const to = Math.min(from + stretch, table.rows);
    const { rows, width, features } = rowsOf(table, from, to);
    const { architecture, featureBits: scale } = model;
    const context = JSON.stringify([
      `moongate/1 scoring ${SCORING_VERSION}`,
      { architecture, labels, from, rows, media: width.media, commerce: width.commerce },
      ...(slots === undefined ? [] : ["slots"]),
    ]);
    const entering = { context, rows, width, scale, inputs: { features }, values };
    scores.push(
      await m.repeatableStep(entering, async (x) => {
        await m.round(maskColumns(x, 0, rows));
        const all = Uint32Array.from({ length: rows }, (_, row) => row);
        const logits = await model.scores(m, parameters, x, all);
        const own = slots?.commerce?.subarray(from, to);
        const shown = slots && { flags: m.dealerFlags(rows, own), rows: all };
        const [coarse] = await m.round(truncate(logits, logits.scale - SCORE_BITS, shown));
        const [revealed] = await m.round(reveal(coarse, "commerce", ledger));
        return revealed && own ? ownSlots(revealed, labels, own) : revealed;
      }),
    );
    onRows?.(to);
  }
  return scores.every((part) => part !== undefined) ? concatenate(scores) : undefined;
}

function concatenate(parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    all.set(part, offset);
    offset += part.length;
  }
  return all;
}
