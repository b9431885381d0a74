import { at, MoongateError } from "@moongate/errors";
import type { LabelStep } from "./steps.ts";
import { requireMatrix } from "./matrix.ts";
import type { DrawnLabel } from "./randomised-response.ts";

/** What labels became, row-major rows × labels: see `DrawnLabel`. */
export class DrawnLabels {
  readonly bits: Uint8Array;
  readonly targets: Float32Array;

  constructor(length: number) {
    this.bits = new Uint8Array(length);
    this.targets = new Float32Array(length);
  }

  set(index: number, { bit, target }: DrawnLabel): void {
    this.bits[index] = bit;
    this.targets[index] = target;
  }
}

/** Draws all labels at once: row-major rows × count, in and out. */
export type LabelDraw = (
  labels: Uint8Array,
  count: number,
  rows: number,
) => DrawnLabels | Promise<DrawnLabels>;

const equal = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((value, index) => value === b[index]);

/** A draw in which no label depends on another. */
export const drawEach =
  (draw: (label: number) => DrawnLabel): LabelDraw =>
  (labels) => {
    const drawn = new DrawnLabels(labels.length);
    labels.forEach((label, index) => {
      drawn.set(index, draw(label));
    });
    return drawn;
  };

interface Kept {
  readonly labels: Uint8Array;
  readonly count: number;
  readonly drawn: Promise<DrawnLabels>;
}

/**
 * Draws once and keeps the answer. A second draw of a label would compose: two draws at ε are one
 * at 2ε, and the mean of many is the label.
 */
export class KeptLabels implements LabelStep {
  readonly #draw: LabelDraw;
  #kept: Kept | undefined;
  #bits: Uint8Array | undefined;

  constructor(draw: LabelDraw) {
    this.#draw = draw;
  }

  async targets(labels: Uint8Array, count: number, rows: number): Promise<Float32Array> {
    requireMatrix("labels", labels, rows, count);
    this.#kept ??= { labels: labels.slice(), count, drawn: this.#drawn(labels, count, rows) };
    const { labels: first, count: firstCount, drawn } = this.#kept;
    if (count !== firstCount || !equal(first, labels)) {
      throw new MoongateError("INTERNAL", "a label defence that drew was given other labels");
    }
    const { bits, targets } = await drawn;
    this.#bits = bits;
    return targets.slice();
  }

  /**
   * The drawn bits of those training rows, row-major |rows| × count.
   * @throws INTERNAL before `targets`, or if there are not that many labels a row.
   */
  bitsOf(rows: Uint32Array, count: number): Uint8Array {
    const bits = this.#bits;
    if (bits === undefined || count !== this.#kept?.count) {
      throw new MoongateError("INTERNAL", "drawn labels were asked for that were not drawn");
    }
    const of = new Uint8Array(rows.length * count);
    rows.forEach((row, index) => {
      for (let label = 0; label < count; label++) {
        of[index * count + label] = at(bits, row * count + label);
      }
    });
    return of;
  }

  async #drawn(labels: Uint8Array, count: number, rows: number): Promise<DrawnLabels> {
    return this.#draw(labels, count, rows);
  }
}
