import type { DenseNetwork } from "../numeric/dense-network.ts";
import { sigmoid } from "../numeric/logistic.ts";
import { normals, type Uniform } from "@moongate/statistics";
import type { HeadTask } from "./linear-head.ts";
import type { Mixed } from "./mixed-loss.ts";

const BATCH = 16;
/** Blurred copies of each row whose label is not known. */
const COPIES = 2;
const BLUR = 0.1;
const TEMPERATURE = 0.8;
const ALPHA = 0.75;
/** Normal numbers that blurs are taken from, each from another place. A power of two. */
const POOL = 4096;

/** The rows of one step of MixMatch after another, in the same arrays: see `mixMatch`. */
export class MixedRows implements Mixed {
  readonly ofKnown = BATCH;
  readonly count = BATCH * (1 + COPIES);
  /** count × cols. */
  readonly inputs: Float64Array;
  readonly targets = new Float64Array(this.count);
  readonly shifts = new Float64Array(this.count);
  readonly slopes = new Float64Array(this.count);
  readonly #task: HeadTask;
  readonly #others: Uint32Array;
  readonly #next: Uniform;
  readonly #noise: Float64Array;
  readonly #shift: number;
  /** Rows and targets before they are mixed; those of the other rows apart, to be guessed. */
  readonly #drawn: Float64Array;
  readonly #copies: Float64Array;
  readonly #wanted = new Float64Array(this.count);
  readonly #order = new Uint32Array(this.count);

  constructor(task: HeadTask, next: Uniform) {
    const { inputs, known } = task;
    const marked = new Uint8Array(inputs.rows);
    for (const row of known) marked[row] = 1;
    this.#task = task;
    this.#next = next;
    this.#others = Uint32Array.from(marked.keys()).filter((row) => marked[row] === 0);
    this.#noise = normals(next, POOL).map((value) => BLUR * value);
    this.#shift = shiftOf(task);
    this.inputs = new Float64Array(this.count * inputs.cols);
    this.#drawn = new Float64Array(this.count * inputs.cols);
    this.#copies = this.#drawn.subarray(BATCH * inputs.cols);
  }

  /** Step 1: known rows, then the first copies of others, then their second copies. */
  draw(): void {
    const { known, labels } = this.#task;
    // Where all rows are known, the others are some of these.
    const others = this.#others.length > 0 ? this.#others : known;
    for (let i = 0; i < BATCH; i++) {
      const row = known[Math.floor(this.#next() * known.length)] ?? 0;
      this.#blurred(row, i);
      this.#wanted[i] = labels[row] ?? 0;
      const other = others[Math.floor(this.#next() * others.length)] ?? 0;
      for (let copy = 1; copy <= COPIES; copy++) this.#blurred(other, copy * BATCH + i);
    }
  }

  /** Step 2. */
  guess(network: DenseNetwork): void {
    const logits = network.forward(this.#copies, BATCH * COPIES);
    for (let i = 0; i < BATCH; i++) {
      let p = 0;
      for (let copy = 0; copy < COPIES; copy++) {
        p += sigmoid((logits[copy * BATCH + i] ?? 0) + this.#shift) / COPIES;
      }
      const [yes, no] = [p ** (1 / TEMPERATURE), (1 - p) ** (1 / TEMPERATURE)];
      for (let copy = 1; copy <= COPIES; copy++) this.#wanted[copy * BATCH + i] = yes / (yes + no);
    }
  }

  /** Step 3. */
  mix(): void {
    const { cols } = this.#task.inputs;
    const [drawn, wanted, order] = [this.#drawn, this.#wanted, this.#order];
    shuffle(order, this.#next);
    const own = ownPart(this.#next);
    for (let i = 0; i < this.count; i++) {
      const j = order[i] ?? 0;
      for (let c = 0; c < cols; c++) {
        const [mine, other] = [drawn[i * cols + c] ?? 0, drawn[j * cols + c] ?? 0];
        this.inputs[i * cols + c] = own * mine + (1 - own) * other;
      }
      this.targets[i] = own * (wanted[i] ?? 0) + (1 - own) * (wanted[j] ?? 0);
      const shifted = own * (i < BATCH ? 0 : 1) + (1 - own) * (j < BATCH ? 0 : 1);
      this.shifts[i] = shifted * this.#shift;
    }
  }

  #blurred(row: number, place: number): void {
    const { cols, values } = this.#task.inputs;
    const [from, to] = [row * cols, place * cols];
    const at = Math.floor(this.#next() * POOL);
    for (let c = 0; c < cols; c++) {
      this.#drawn[to + c] = (values[from + c] ?? 0) + (this.#noise[(at + c) % POOL] ?? 0);
    }
  }
}

/** Log-odds of a positive among the other rows, less those among the known ones. */
function shiftOf({ inputs, known, labels, share }: HeadTask): number {
  let positives = 0;
  for (const row of known) positives += labels[row] ?? 0;
  const others = Math.max(1, inputs.rows - known.length);
  return logOdds((share * inputs.rows - positives) / others) - logOdds(positives / known.length);
}

const logOdds = (share: number): number => {
  const kept = Math.min(0.99, Math.max(0.01, share));
  return Math.log(kept / (1 - kept));
};

/** 0 to length − 1 in random order (Fisher–Yates). */
function shuffle(order: Uint32Array, next: Uniform): void {
  for (let i = 0; i < order.length; i++) order[i] = i;
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1));
    const swapped = order[i] ?? 0;
    order[i] = order[j] ?? 0;
    order[j] = swapped;
  }
}

/** max(λ, 1 − λ) of a λ ~ Beta(α, α), by the rejection of Jöhnk (1964). */
function ownPart(next: Uniform): number {
  for (;;) {
    const [a, b] = [next() ** (1 / ALPHA), next() ** (1 / ALPHA)];
    if (a + b <= 1 && a + b > 0) return Math.max(a, b) / (a + b);
  }
}
