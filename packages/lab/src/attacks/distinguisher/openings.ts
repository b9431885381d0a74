import { type RealMatrix, matrixOf, type Tensor, type View } from "@moongate/views";
import { MASKED_COLUMNS, openingOf } from "../masks/masking.ts";
import { isPerRow, perRow, sampled, stepsOf } from "../steps.ts";

/** Something that was opened at one time. */
export interface Opened {
  readonly bytes: Uint8Array;
  readonly element: Tensor["element"];
  readonly values: RealMatrix["values"];
  /** Its numbers a row, if it has any: one row of them for each position. */
  readonly rows: RealMatrix | undefined;
  /** Positions of those rows in the joint table. */
  readonly positions: Uint32Array;
}

/** What was opened at one time, by name. */
export type Openings = ReadonlyMap<string, Opened>;

/** Training steps at most, evenly from first to last. */
const MOST_STEPS = 400;
/** Scored rows that stand for one time: they are independent of each other under masks. */
const BLOCK = 32;
/** Shares that commerce receives on purpose: they differ between worlds as the scores do. */
const TOLD: ReadonlySet<string> = new Set(["reveal/share", "reveal-within/share"]);

/** Each training step's openings. */
export function trainingOpenings(view: View): Openings[] {
  return sampled(stepsOf(view), MOST_STEPS).map(({ positions, tensors }) => {
    const openings = new Map<string, Opened>();
    for (const [name, tensor] of tensors) {
      if (openingOf(name) !== undefined) openings.set(name, openedOf(view, tensor, positions));
    }
    return openings;
  });
}

/**
 * What was opened while held-out rows were scored, in blocks of rows. Weights are opened once a stretch
 * of thousands of rows, too seldom to learn from; in training the same operation opens them each step.
 */
export function scoringOpenings(view: View): Openings[] {
  const { train } = view.header.rows;
  const blocks: Map<string, Opened>[] = [];
  let [sent, first, rows, base] = [0, train, 0, 0];
  for (const tensor of view.tensors) {
    const path = tensor.step === null ? openingOf(tensor.name)?.path : undefined;
    if (path === undefined || TOLD.has(path)) continue;
    if (path === MASKED_COLUMNS) {
      sent += tensor.rows;
      if (sent <= train) continue;
      [first, rows, base] = [first + rows, tensor.rows, blocks.length];
      const count = Math.floor(rows / BLOCK);
      for (let block = 0; block < count; block++) blocks.push(new Map());
      continue;
    }
    if (!isPerRow(tensor, rows)) continue;
    const positions = Uint32Array.from({ length: rows }, (_, row) => first + row);
    const whole = openedOf(view, tensor, positions);
    blocks.slice(base).forEach((block, at) => {
      block.set(`scoring ${tensor.name}`, partOf(whole, at * BLOCK, (at + 1) * BLOCK));
    });
  }
  return blocks;
}

function openedOf(view: View, tensor: Tensor, positions: Uint32Array): Opened {
  const n = positions.length;
  const rows = isPerRow(tensor, n) ? perRow(view, tensor, n) : undefined;
  const values = rows?.values ?? matrixOf(view, tensor).values;
  return { bytes: view.bytes(tensor), element: tensor.element, values, rows, positions };
}

function partOf({ bytes, element, values, rows, positions }: Opened, from: number, to: number) {
  const [width, size] = [values.length / positions.length, bytes.length / positions.length];
  const part = values.subarray(from * width, to * width);
  return {
    bytes: bytes.subarray(from * size, to * size),
    element,
    values: part,
    rows: rows && { rows: to - from, cols: width, values: part },
    positions: positions.subarray(from, to),
  };
}
