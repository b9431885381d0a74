import type { Inputs, Machine } from "../machine.ts";
import { namesOf, SEAL_SHAPE, type SharedValues, valueOf } from "../machines/seal.ts";
import { SCORE_NOISE } from "../noise/score-offsets.ts";
import { maskColumns } from "../operations/mask-columns.ts";
import { revealWithin } from "../operations/reveal.ts";
import { truncate } from "../operations/truncate.ts";
import type { Side } from "../side.ts";
import { type Shared, totalWidth } from "../values.ts";
import { clippedTable } from "./clipping.ts";
import { logistic } from "./logistic.ts";
import type { ModelPlan, ScoringModel, Shape } from "./model.ts";
import { combinedPlan } from "./portfolio.ts";
import { sine } from "./sine.ts";
import { ownSlots } from "./slots.ts";
import { rowsInBytes, rowsOf, type VerticalTable, withIntercept } from "./table.ts";

/**
 * Version of everything that decides what a repeatable step opens: this program, the operations
 * it uses and the arithmetic below them. Raise it with any change that alters an opening (a test
 * knows), or a mask of before would cover another value than before.
 */
export const SCORING_VERSION = 3;

/** Revealed logits keep 16 fractional bits: enough to rank. */
const SCORE_BITS = 16;
/**
 * Revealed logits are told within ±64: four times the range that training keeps them in. A logit
 * that somebody made larger on purpose tells no more bits of media's row than another.
 */
export const SCORE_WINDOW_BITS = 7;
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
  /** Deviation of media's score offsets, on a logit; `SCORE_NOISE` by default, 0 for none. */
  readonly scoreNoise?: number | undefined;
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
  if (model.kind === "logistic") return run(m, logistic, options);
  return run(m, sine(model.kind === "sine" ? model : combinedPlan(model)), options);
}

async function run<Parameters extends SharedValues, Scoring extends SharedValues>(
  m: Machine,
  model: ScoringModel<Parameters, Scoring>,
  { plan, inputs, saved, onRows }: ScoringOptions,
): Promise<Float64Array | undefined> {
  const { rows, width, labels, scoreNoise } = plan;
  const own = { rows, width, features: inputs.features, users: inputs.users };
  const table = withIntercept(m, clippedTable(own, plan.dp, model.featureBits));
  const scoring = await unsealed(m, model, { d: totalWidth(table), labels, saved });
  const ledger = { what: "scores", why: "commerce uses the predictions of its users" };
  const slots = plan.hidden === true ? (inputs.slots ?? {}) : undefined;
  return scoreTable(m, model, { scoring, labels, table, slots, ledger, onRows, scoreNoise });
}

/** What the model scores with, from what this machine kept. @throws SHARE_ALTERED at media. */
function unsealed<Parameters extends SharedValues, Scoring extends SharedValues>(
  m: Machine,
  model: ScoringModel<Parameters, Scoring>,
  options: {
    readonly d: number;
    readonly labels: number;
    readonly saved: ScoringOptions["saved"];
  },
): Promise<Scoring> {
  const { d, labels, saved } = options;
  const load = (name: string, { rows, cols, scale }: Shape): Shared =>
    m.restore(rows, cols, scale, saved[name]);
  const shapes: Readonly<Record<string, Shape>> = model.scoringShapes(d, labels);
  const shapeOf = (name: string): Shape => shapes[name] ?? SEAL_SHAPE;
  return m.unseal<Scoring>(
    Object.keys(shapes),
    (name) => load(name, shapeOf(name)),
    () => model.coarse(m, model.restore(d, labels, load)),
  );
}

/**
 * Reveals the logits of a table's rows to commerce, in stretches. Each is one repeatable step:
 * 1. Both sides' rows under the data mask of this step.
 * 2. The model's logits; media adds its offsets, before truncation, so that not even the last
 *    bits of what is opened are free of them.
 * 3. Truncation; media sends its share, within the window.
 *
 * Under hidden alignment every slot is scored, so that media does not learn which are commerce's; what
 * commerce is opened of the others is uniformly random, by the dealer's part of the truncation.
 */
export async function scoreTable<Parameters extends SharedValues, Scoring extends SharedValues>(
  m: Machine,
  model: ScoringModel<Parameters, Scoring>,
  options: {
    /** Sealed. */
    readonly scoring: Scoring;
    readonly labels: number;
    readonly table: VerticalTable;
    /** The slots that each side has a row in, as far as this machine knows. */
    readonly slots?: Inputs["slots"];
    readonly ledger: { readonly what: string; readonly why: string };
    readonly onRows?: ((done: number) => void) | undefined;
    readonly scoreNoise?: number | undefined;
  },
): Promise<Float64Array | undefined> {
  const { scoring, labels, table, slots, onRows, scoreNoise = SCORE_NOISE } = options;
  const values = namesOf(scoring).map((name) => valueOf(scoring, name));
  const sigma = BigInt(Math.round(scoreNoise * 2 ** model.logitBits));
  const ledger = { ...options.ledger, why: noisy(options.ledger.why, scoreNoise) };
  const userOf = table.users ?? slot;
  const stretch = Math.min(STRETCH_ROWS, rowsInBytes(table, STRETCH_BYTES));
  const scores: (Float64Array | undefined)[] = [];
  for (let from = 0; from < table.rows; from += stretch) {
    const to = Math.min(from + stretch, table.rows);
    const { rows, width, features } = rowsOf(table, from, to);
    const { architecture, featureBits: scale } = model;
    const context = JSON.stringify([
      `moongate/1 scoring ${SCORING_VERSION}`,
      {
        architecture,
        labels,
        from,
        rows,
        media: width.media,
        commerce: width.commerce,
        scoreNoise,
      },
      ...(slots === undefined ? [] : ["slots"]),
    ]);
    const users = Array.from({ length: rows }, (_, row) => userOf(from + row));
    const offsets = m.scoreOffsets(users, labels, sigma);
    const who = { users, offsets, slots: slots !== undefined };
    const entering = { context, rows, width, scale, inputs: { features }, values, ...who };
    scores.push(
      await m.repeatableStep(entering, async (x) => {
        await m.round(maskColumns(x, 0, rows));
        const all = Uint32Array.from({ length: rows }, (_, row) => row);
        const logits = m.addOffsets(await model.scores(m, scoring, x, all), offsets);
        const own = slots?.commerce?.subarray(from, to);
        const shown = slots && { flags: m.dealerFlags(rows, own), rows: all };
        const [coarse] = await m.round(truncate(logits, logits.scale - SCORE_BITS, shown));
        const [revealed] = await m.round(revealWithin(coarse, SCORE_WINDOW_BITS, ledger));
        return revealed && own ? ownSlots(revealed, labels, own) : revealed;
      }),
    );
    onRows?.(to);
  }
  return scores.every((part) => part !== undefined) ? concatenate(scores) : undefined;
}

/** A user by the place among the rows that are scored. */
const slot = (row: number): string => `slot ${row}`;

/** The ledger's words for logits with media's noise. */
const noisy = (why: string, deviation: number): string =>
  deviation === 0
    ? why
    : `${why}; each logit has noise of deviation ${Number(deviation.toPrecision(3))}`;

function concatenate(parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    all.set(part, offset);
    offset += part.length;
  }
  return all;
}
